import { type Allocation, groupOf, type Job, type TaskGroup } from "../../model/index.js";

/**
 * The version that an allocation runs, while it is known.
 *
 * @example
 * ```ts
 * versionOf(canarying.versions, canarying.allocations[0])?.version; // 0
 * ```
 *
 * @public
 */
export function versionOf(
  versions: readonly Job[],
  allocation: Pick<Allocation, "jobVersion" | "jobCreateIndex">,
): Job | undefined {
  for (const job of versions) {
    if (job.version === allocation.jobVersion && job.createIndex === allocation.jobCreateIndex) return job;
  }
  return undefined;
}

/**
 * The group as the version has it that an allocation runs, while that is known: its tasks, its policies.
 *
 * @example
 * ```ts
 * ownGroup(canarying.versions, canarying.allocations[0])?.name; // "api"
 * ```
 *
 * @public
 */
export function ownGroup(
  versions: readonly Job[],
  allocation: Pick<Allocation, "jobVersion" | "jobCreateIndex" | "group">,
): TaskGroup | undefined {
  const job = versionOf(versions, allocation);
  return job === undefined ? undefined : groupOf(job, allocation.group);
}
