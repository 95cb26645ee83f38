import {
  type Allocation,
  failTime,
  nextDelay,
  rescheduleAttempts,
  reschedules,
  type TaskGroup,
} from "../../model/index.js";

/**
 * Whether the policy of its own version leaves an allocation a further reschedule (rule 5.4), as of now: while one
 * leaves none, its failure is final.
 *
 * @example
 * ```ts
 * hasAttemptLeft(allocation, { ...group, reschedule: { unlimited: true } }, now); // true
 * hasAttemptLeft(allocation, { ...group, reschedule: { attempts: 0, unlimited: false } }, now); // false
 * ```
 *
 * @public
 */
export function hasAttemptLeft(allocation: Allocation, group: TaskGroup | undefined, now: number): boolean {
  const policy = group?.reschedule;
  if (!reschedules(policy)) return false;
  // One that hangs has not failed yet: if it did, it would be now.
  const since = allocation.clientStatus === "failed" ? failTime(allocation) : now;
  const delay = nextDelay(policy, allocation.reschedule?.events, since);
  return rescheduleAttempts(policy, allocation.reschedule, since, delay).left;
}
