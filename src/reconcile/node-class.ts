import {
  type Allocation,
  type ClientStatus,
  expiresAt,
  isCanary,
  isServerTerminal,
  isTerminal,
  isWaitingToReconnect,
  type Node,
} from "../model/index.js";
import type { GroupVersion } from "./versions.js";

/** What the state of its node means for an allocation. @public */
export type NodeClass =
  | "untainted"
  | "migrate"
  | "lost"
  | "ignore"
  | "expiring"
  | "disconnecting"
  | "reconnecting";

/** What the rows of rule 4 ask about. */
interface Facts {
  readonly allocation: Allocation;
  readonly node: Node | undefined;
  readonly client: ClientStatus;
  /** Unknown, running or failed, and its node has been away since it was last heard of. */
  readonly reconnectable: boolean;
  readonly serverTerminal: boolean;
  readonly terminal: boolean;
  readonly migrate: boolean;
  readonly expired: boolean;
  readonly lostAfter: number;
  readonly replaceWhenAway: boolean;
}

interface Row {
  readonly class: NodeClass;
  readonly when: (facts: Facts) => boolean;
}

/** Rule 4: row n stands at n - 1. */
const ROWS: readonly Row[] = [
  {
    class: "reconnecting",
    when: (one) => one.reconnectable && one.client === "failed" && one.allocation.desiredStatus === "run",
  },
  {
    class: "untainted",
    when: (one) =>
      one.serverTerminal &&
      !one.reconnectable &&
      one.allocation.desiredTransition?.disableMigrationPlacement === true,
  },
  { class: "ignore", when: (one) => one.serverTerminal && !one.reconnectable },
  {
    class: "migrate",
    when: (one) => one.terminal && !one.reconnectable && isCanary(one.allocation) && one.migrate,
  },
  { class: "untainted", when: (one) => one.terminal && !one.reconnectable },
  { class: "expiring", when: (one) => one.expired },
  {
    class: "ignore",
    when: (one) => one.reconnectable && one.client === "failed" && one.allocation.desiredStatus === "stop",
  },
  { class: "untainted", when: ({ node, client }) => node?.status === "disconnected" && client === "unknown" },
  { class: "lost", when: ({ node, client }) => node?.status === "disconnected" && client === "pending" },
  { class: "lost", when: ({ node, lostAfter }) => node?.status === "disconnected" && lostAfter === 0 },
  { class: "disconnecting", when: ({ node }) => node?.status === "disconnected" },
  { class: "migrate", when: ({ migrate }) => migrate },
  { class: "reconnecting", when: (one) => isWell(one.node) && one.reconnectable },
  { class: "untainted", when: ({ node }) => isWell(node) },
  { class: "lost", when: ({ node }) => node?.status === "gone" },
  {
    class: "untainted",
    when: ({ node, replaceWhenAway, client }) =>
      node?.status === "down" && !replaceWhenAway && client === "unknown",
  },
  {
    class: "disconnecting",
    when: ({ node, replaceWhenAway, client }) =>
      node?.status === "down" && !replaceWhenAway && client === "running",
  },
  { class: "lost", when: ({ node }) => node?.status === "down" },
  { class: "untainted", when: () => true },
];

/** Not tainted (then it is not given), or draining but ready. */
function isWell(node: Node | undefined): boolean {
  return node === undefined || node.status === "ready";
}

/**
 * Rule 4: the number of the first row that matches, from 1 on. `node` is absent when it is not tainted.
 *
 * @internal
 */
export function nodeClassRow(
  allocation: Allocation,
  node: Node | undefined,
  version: Pick<GroupVersion, "lostAfter" | "replaceWhenAway">,
  now: number,
): number {
  const client = allocation.clientStatus;
  const expires = expiresAt(allocation, version.lostAfter);
  const facts: Facts = {
    allocation,
    node,
    client,
    reconnectable:
      (client === "unknown" || client === "running" || client === "failed") &&
      isWaitingToReconnect(allocation),
    serverTerminal: isServerTerminal(allocation),
    terminal: isTerminal(allocation),
    migrate: allocation.desiredTransition?.migrate === true,
    expired: expires !== undefined && expires <= now,
    lostAfter: version.lostAfter,
    replaceWhenAway: version.replaceWhenAway,
  };
  return ROWS.findIndex(({ when }) => when(facts)) + 1;
}

/**
 * What the state of its node means for an allocation (rule 4). `node` is absent when it is not tainted; `version` tells
 * what the allocation's own version says of disconnecting (0 and true without a disconnect block); `now` in
 * milliseconds since the epoch.
 *
 * @example
 * ```ts
 * nodeClass(allocation, { id: allocation.nodeId, status: "down" }, { lostAfter: 0, replaceWhenAway: true }, now); // "lost"
 * ```
 *
 * @public
 */
export function nodeClass(
  allocation: Allocation,
  node: Node | undefined,
  version: Pick<GroupVersion, "lostAfter" | "replaceWhenAway">,
  now: number,
): NodeClass {
  return ROWS[nodeClassRow(allocation, node, version, now) - 1]?.class ?? "untainted";
}

/** Rule 4, at its end: stopped already, never seen to stop, and its node is down or gone. @internal */
export function isLostAndStopped(allocation: Allocation, node: Node | undefined): boolean {
  return (
    (node?.status === "down" || node?.status === "gone") &&
    isServerTerminal(allocation) &&
    (allocation.clientStatus === "pending" || allocation.clientStatus === "running")
  );
}
