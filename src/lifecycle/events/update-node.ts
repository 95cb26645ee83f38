import { isClientTerminal, NODE_STATUSES, type Node } from "../../model/index.js";
import { changing } from "../change.js";
import { requireStatus } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";

/** A node changed: its status, or whether it drains. @public */
export interface UpdateNode {
  readonly now: number;
  readonly node: Node;
}

/**
 * Notes how a node is. Asks for an evaluation if an allocation lives there, or if the node may have the room that a
 * placement waits for.
 *
 * @throws VerdigrisError `unknown_status`
 *
 * @example
 * ```ts
 * const { state, evaluate } = updateNode(canarying, { node: { id: canarying.allocations[0].nodeId, status: "down" }, now });
 * state.nodes?.length; // 1
 * evaluate; // { because: "node_update" }
 * ```
 *
 * @public
 */
export function updateNode(state: JobState, { now, node }: UpdateNode): Transition {
  const { id, status, draining } = node;
  requireStatus(`Node "${id}"`, status, NODE_STATUSES);
  const before = (state.nodes ?? []).find((one) => one.id === id);
  const isWorthMentioning = status !== "ready" || draining === true;
  const isSo = isWorthMentioning
    ? before?.status === status && (before.draining === true) === (draining === true)
    : before === undefined;
  const lives = state.allocations.some((one) => one.nodeId === id && !isClientTerminal(one));
  const mayHaveRoom = state.waitsForRoom === true && status === "ready" && draining !== true;
  return changing(state, now, ({ draft }) => {
    if (!isSo) {
      const others = (draft.nodes ?? []).filter((one) => one.id !== id);
      if (isWorthMentioning) others.push({ id, status, ...(draining === true ? { draining } : {}) });
      draft.nodes = others;
    }
    // Asked for now; the plan that still finds no room says so again.
    if (mayHaveRoom) delete draft.waitsForRoom;
    return lives || mayHaveRoom ? { evaluate: { because: "node_update" } } : {};
  });
}
