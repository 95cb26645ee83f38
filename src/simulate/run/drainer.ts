import { type DrainingNode, drainable } from "../../lifecycle/index.js";
import { isTerminal } from "../../model/index.js";
import type { Run } from "./run.js";
import { askToEvaluate, tell } from "./tell.js";

/** How often the drainer looks again as long as something is left to move. */
const LOOK_AGAIN = 1_000;

/** Moves away what may leave its node now; looks again as long as there is more. */
export function look(run: Run): void {
  const draining = [...run.nodes.values()].flatMap(({ id, status, draining }): DrainingNode[] => {
    if (draining === undefined || status === "gone") return [];
    const { deadline } = draining;
    return [{ id, status, draining: true, ...(deadline === undefined ? {} : { drainDeadline: deadline }) }];
  });
  if (draining.length === 0) return;
  const ids = new Set(draining.map(({ id }) => id));
  let isMoreLeft = false;
  for (const { jobId, state } of [...run.jobs.values()]) {
    if (!state.allocations.some((one) => ids.has(one.nodeId) && !isTerminal(one))) continue;
    isMoreLeft = true;
    const allocationIds = drainable(state, draining, { now: run.now });
    if (allocationIds.length > 0) tell(run, jobId, { kind: "migrate", now: run.now, allocationIds });
  }
  if (isMoreLeft) run.plan({ kind: "drain" }, run.now + LOOK_AGAIN);
}

/** There may be room again: whoever waits for it is evaluated. */
export function offerRoom(run: Run): void {
  for (const { jobId, state } of [...run.jobs.values()]) {
    if (state.waitsForRoom === true) askToEvaluate(run, jobId);
  }
}
