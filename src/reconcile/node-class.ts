import {
  type Allocation,
  expiresAt,
  isCanary,
  isClientTerminal,
  isServerTerminal,
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

/**
 * Rule 4: the first row that matches. `node` is absent when it is not tainted.
 *
 * @internal
 */
export function nodeClass(
  allocation: Allocation,
  node: Node | undefined,
  version: Pick<GroupVersion, "lostAfter" | "replaceWhenAway">,
  now: number,
): NodeClass {
  const client = allocation.clientStatus;
  const transition = allocation.desiredTransition;
  const serverTerminal = isServerTerminal(allocation);
  const reconnectable =
    (client === "unknown" || client === "running" || client === "failed") && isWaitingToReconnect(allocation);

  if (reconnectable && client === "failed" && allocation.desiredStatus === "run") return "reconnecting"; // 1
  if (!reconnectable) {
    if (serverTerminal) return transition?.disableMigrationPlacement === true ? "untainted" : "ignore"; // 2, 3
    if (isClientTerminal(allocation)) {
      return isCanary(allocation) && transition?.migrate === true ? "migrate" : "untainted"; // 4, 5
    }
  }
  const expires = expiresAt(allocation, version.lostAfter);
  if (expires !== undefined && expires <= now) return "expiring"; // 6
  if (reconnectable && client === "failed" && allocation.desiredStatus === "stop") return "ignore"; // 7
  if (node?.status === "disconnected") {
    if (client === "unknown") return "untainted"; // 8
    if (client === "pending" || version.lostAfter === 0) return "lost"; // 9, 10
    return "disconnecting"; // 11
  }
  if (transition?.migrate === true) return "migrate"; // 12
  if (node === undefined || node.status === "ready") return reconnectable ? "reconnecting" : "untainted"; // 13, 14
  if (node.status === "gone") return "lost"; // 15
  if (node.status === "down") {
    if (!version.replaceWhenAway && client === "unknown") return "untainted"; // 16
    if (!version.replaceWhenAway && client === "running") return "disconnecting"; // 17
    return "lost"; // 18
  }
  return "untainted"; // 19
}

/** Rule 4, at its end: stopped already, never seen to stop, and its node is down or gone. @internal */
export function isLostAndStopped(allocation: Allocation, node: Node | undefined): boolean {
  return (
    (node?.status === "down" || node?.status === "gone") &&
    isServerTerminal(allocation) &&
    (allocation.clientStatus === "pending" || allocation.clientStatus === "running")
  );
}
