import {
  groupOf,
  isActive,
  type Job,
  LARGEST_JOB,
  tooLargeWith,
  VerdigrisError,
  validateJob,
} from "../../model/index.js";
import { changing, unchanged } from "../change.js";
import { requireJob } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { registerVersion } from "../versions.js";
import { requireCheckIndex } from "./submit.js";

/** A user or an autoscaler changes a group's count. @public */
export interface Scale {
  readonly now: number;
  readonly group: string;
  readonly count: number;
  /** Only if the job is at this `modifyIndex`. */
  readonly checkIndex?: number;
}

/**
 * Makes a new version with only that count changed; it is as stable as the one before. The same count changes nothing;
 * a stopped job stays stopped.
 *
 * @throws VerdigrisError `unknown_job`, `stale_check_index`, `unknown_group`, `bad_number`, `deployment_active`
 *
 * @example
 * ```ts
 * const { version } = scale(submitted, { group: "web", count: 5, now });
 * version; // 1
 * ```
 *
 * @public
 */
export function scale(state: JobState, { now, group, count, checkIndex }: Scale): Transition {
  const job = requireJob(state);
  requireCheckIndex(state, checkIndex);
  requireScalable(state, job, group, count);
  if (groupOf(job, group)?.count === count) return unchanged(state, { version: job.version });
  const scaled: Job = {
    ...job,
    groups: job.groups.map((one) => (one.name === group ? { ...one, count } : one)),
  };
  const { warnings } = validateJob(scaled);
  return changing(state, now, (change) => ({
    evaluate: { because: "job_scaled" },
    version: registerVersion(change, scaled, { stable: job.stable === true }),
    ...(warnings.length === 0 ? {} : { warnings }),
  }));
}

function requireScalable({ deployments }: JobState, job: Job, group: string, count: number): void {
  if (groupOf(job, group) === undefined) {
    throw new VerdigrisError(
      "unknown_group",
      `Job "${job.id}" has no group "${group}"; it has ${job.groups.map(({ name }) => `"${name}"`).join(", ")}.`,
      { group },
    );
  }
  const scaled = job.groups.map((one) => (one.name === group ? { ...one, count } : one));
  if (!Number.isInteger(count) || count < 0 || tooLargeWith(scaled) !== undefined) {
    throw new VerdigrisError(
      "bad_number",
      `Group "${group}" cannot have count ${count}; it is a whole number, 0 or more, and all that the job wants, canaries among it, is at most ${LARGEST_JOB}.`,
      { group, value: String(count) },
    );
  }
  const active = deployments.find(isActive);
  if (active === undefined) return;
  throw new VerdigrisError(
    "deployment_active",
    `Deployment "${active.id}" is ${active.status}: wait for its end, or submit the specification with the new count.`,
    { deploymentId: active.id, status: active.status },
  );
}
