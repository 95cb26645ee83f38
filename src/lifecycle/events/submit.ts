import {
  currentJob,
  type Deployment,
  type Job,
  namespaceOf,
  VerdigrisError,
  validateJob,
} from "../../model/index.js";
import { changing, unchanged } from "../change.js";
import { isOfVersion, type JobState, registeredJob } from "../job-state.js";
import type { EvaluationCause, Transition } from "../outcome.js";
import { sameSpecification } from "../rules/same-specification.js";
import { type JobSpecification, withDefaults } from "../specification.js";
import { forgetPurged, registerVersion } from "../versions.js";

/** A user submits a specification. @public */
export interface Submit {
  readonly now: number;
  readonly job: JobSpecification;
  /** Only if the job is at this `modifyIndex`; 0: only if it does not exist. */
  readonly checkIndex?: number;
}

/**
 * Registers a specification as the job's new current version. One that says what the current version says changes
 * nothing and only asks for an evaluation, unless that version's latest deployment failed: then it is a new try (D 46).
 *
 * @throws VerdigrisError `stale_check_index`, `foreign_job`, `type_changed`, `invalid_job` (`details.issues`)
 *
 * @example
 * ```ts
 * const { state, evaluate, version } = submit(emptyJobState(), { job, checkIndex: 0, now: 0 });
 * version; // 0
 * evaluate?.because; // "job_submitted"
 * ```
 *
 * @public
 */
export function submit(state: JobState, { now, job, checkIndex }: Submit): Transition {
  requireCheckIndex(state, checkIndex);
  return register(state, now, job, "job_submitted");
}

/** Refuses when the job is not at the index that the caller looked at. */
export function requireCheckIndex(state: JobState, checkIndex: number | undefined): void {
  if (checkIndex === undefined) return;
  const current = registeredJob(state)?.modifyIndex ?? 0;
  if (checkIndex === current) return;
  const message = `The check-index is ${checkIndex}, but ${whyStale(checkIndex, current)}`;
  throw new VerdigrisError("stale_check_index", message, { given: checkIndex, current });
}

function whyStale(given: number, current: number): string {
  if (current === 0) return "the job does not exist; 0 is right for a job that is new.";
  const index = `the job's modify index is ${current}`;
  if (given === 0) return `the job exists already: ${index}. Look at it first.`;
  return given > current
    ? `${index}. It is the \`modifyIndex\` of the current version, not the state's index.`
    : `${index}: somebody changed it since. Look at it again.`;
}

/** Submits a specification, whoever it comes from. */
export function register(
  state: JobState,
  now: number,
  specification: JobSpecification,
  because: EvaluationCause,
): Transition {
  const current = registeredJob(state);
  refuseForeign(currentJob(state.versions), specification);
  refuseOtherType(current, specification);
  const candidate: Job = { ...withDefaults(specification), version: 0, createIndex: 0, modifyIndex: 0 };
  const { issues, warnings } = validateJob(candidate);
  if (issues.length > 0) {
    const shown = issues.slice(0, 3).map(({ path, message }) => `${path}: ${message}`);
    const more = issues.length > 3 ? ` ... and ${issues.length - 3} more` : "";
    throw new VerdigrisError("invalid_job", `The specification is not valid. ${shown.join("; ")}${more}`, {
      issues: issues.map((issue) => ({ ...issue })),
    });
  }
  const told = warnings.length === 0 ? {} : { warnings };
  if (
    current !== undefined &&
    sameSpecification(withDefaultsOf(current), candidate) &&
    !hasFailed(state, current)
  ) {
    return unchanged(state, { evaluate: { because }, version: current.version, ...told });
  }
  return changing(state, now, (change) => {
    const version = registerVersion(change, specification);
    forgetPurged(change);
    return { evaluate: { because }, version, ...told };
  });
}

function withDefaultsOf(job: Job): Job {
  return {
    ...withDefaults(job),
    version: job.version,
    createIndex: job.createIndex,
    modifyIndex: job.modifyIndex,
  };
}

/** Also while something of a purged job still lives. */
function refuseForeign(known: Job | undefined, { id, namespace = "default" }: JobSpecification): void {
  if (known === undefined || (known.id === id && namespaceOf(known) === namespace)) return;
  throw new VerdigrisError(
    "foreign_job",
    `This is the state of job "${known.id}" in namespace "${namespaceOf(known)}"; the specification is of "${id}" in "${namespace}". Every job has a state of its own.`,
    { jobId: id, expected: known.id },
  );
}

function refuseOtherType(current: Job | undefined, { id, type }: JobSpecification): void {
  if (current === undefined || current.type === type) return;
  throw new VerdigrisError(
    "type_changed",
    `Job "${id}" is a ${current.type} job; it cannot become a ${type} job. Purge it first, or choose another id.`,
    { from: current.type, to: type },
  );
}

/** Whether the latest deployment of this version failed. */
function hasFailed({ deployments }: JobState, job: Job): boolean {
  let latest: Deployment | undefined;
  for (const deployment of deployments) {
    if (!isOfVersion(deployment, job)) continue;
    if (latest === undefined || deployment.createIndex > latest.createIndex) latest = deployment;
  }
  return latest?.status === "failed";
}
