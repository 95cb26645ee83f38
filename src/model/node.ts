/** Every status of a node. @internal */
export const NODE_STATUSES: readonly ["initializing", "ready", "down", "disconnected", "gone"] = [
  "initializing",
  "ready",
  "down",
  "disconnected",
  "gone",
];

/** What is known of a machine. `gone`: it no longer exists. @public */
export type NodeStatus = (typeof NODE_STATUSES)[number];

/** A machine worth mentioning. One that is not mentioned is healthy. @public */
export interface Node {
  readonly id: string;
  readonly status: NodeStatus;
  readonly draining?: boolean;
}

/**
 * Gone, down, disconnected or draining.
 *
 * @example
 * ```ts
 * isTainted({ id: "node-1", status: "down" }); // true
 * isTainted({ id: "node-1", status: "ready" }); // false
 * ```
 *
 * @public
 */
export function isTainted(node: Node): boolean {
  return (
    node.draining === true ||
    node.status === "down" ||
    node.status === "disconnected" ||
    node.status === "gone"
  );
}
