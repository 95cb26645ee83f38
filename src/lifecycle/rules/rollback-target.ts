import { currentJob, isStopped, type Job } from "../../model/index.js";
import { sameSpecification } from "./same-specification.js";

/** Where an automatic rollback goes, or why it goes nowhere. @public */
export type RollbackTarget =
  | { readonly kind: "version"; readonly job: Job }
  | { readonly kind: "no_stable_version" }
  | { readonly kind: "same_specification"; readonly stableVersion: number };

/**
 * The newest stable version of this registration that is not a stopped one, unless it says what the current one says:
 * that is what ends endless rollbacks.
 *
 * @example
 * ```ts
 * rollbackTarget(canarying.versions).kind; // "version"
 * rollbackTarget([job]).kind; // "no_stable_version"
 * ```
 *
 * @public
 */
export function rollbackTarget(versions: readonly Job[]): RollbackTarget {
  const current = currentJob(versions);
  let target: Job | undefined;
  for (const job of versions) {
    if (job.createIndex !== current?.createIndex || job.stable !== true || isStopped(job)) continue;
    if (target === undefined || job.version > target.version) target = job;
  }
  if (target === undefined || current === undefined) return { kind: "no_stable_version" };
  return sameSpecification(target, current)
    ? { kind: "same_specification", stableVersion: target.version }
    : { kind: "version", job: target };
}
