import type { Allocation, Job } from "../../model/index.js";

/** The version that an allocation runs, while it is known. */
export function versionOf(
  versions: readonly Job[],
  allocation: Pick<Allocation, "jobVersion" | "jobCreateIndex">,
): Job | undefined {
  for (const job of versions) {
    if (job.version === allocation.jobVersion && job.createIndex === allocation.jobCreateIndex) return job;
  }
  return undefined;
}
