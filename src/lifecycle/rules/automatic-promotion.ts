import { type Allocation, type Deployment, hasAutoPromote } from "../../model/index.js";
import { groupsToPromote, mayBePromoted, promotionGates } from "./promotion-gate.js";

/**
 * Whether the deployment promotes itself now: it runs, something waits for promotion, every group that wants canaries
 * has `autoPromote`, and every one that waits passes the gate. Promoted is one-way, so that this is so once (D 24).
 *
 * @example
 * ```ts
 * promotesItself(deployment, canarying.allocations); // false
 * ```
 *
 * @public
 */
export function promotesItself(deployment: Deployment, allocations: readonly Allocation[]): boolean {
  if (!hasAutoPromote(deployment)) return false;
  const groups = groupsToPromote(deployment);
  return groups.length > 0 && promotionGates(deployment, groups, allocations).every(mayBePromoted);
}
