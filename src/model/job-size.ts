import type { TaskGroup } from "./task-group.js";

/**
 * So many allocations a job wants at most, canaries among them: a plan has an action for each, and one of many more would
 * not fit into memory. @internal
 */
export const LARGEST_JOB = 2_000_000;

/** The first group with which the job wants more than that; nothing where it does not. @internal */
export function tooLargeWith(groups: readonly TaskGroup[]): number | undefined {
  let wanted = 0;
  for (const [at, { count, update }] of groups.entries()) {
    // What is no number is refused elsewhere, and must not hide what follows.
    wanted += Math.max(0, count || 0) + Math.max(0, update?.canary || 0);
    if (wanted > LARGEST_JOB) return at;
  }
  return undefined;
}
