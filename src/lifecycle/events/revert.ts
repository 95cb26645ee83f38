import { type Job, VerdigrisError } from "../../model/index.js";
import { requireJob, unknownTag, unknownVersion } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { startedSpecification } from "../specification.js";
import { register } from "./submit.js";

/** A user goes back to an earlier version, by its number or by its tag. @public */
export interface Revert {
  readonly now: number;
  readonly to: { readonly version: number } | { readonly tag: string };
  /** Only if this version is the current one. */
  readonly enforcePriorVersion?: number;
}

/**
 * Submits the specification of an earlier version of this registration again, started where it was stopped. It need
 * not have been stable, and is not until its own deployment succeeds. One that says what the current version says
 * changes nothing (`changed: false`).
 *
 * @throws VerdigrisError `unknown_job`, `prior_version_differs`, `unknown_version`, `unknown_tag`, `already_current`
 *
 * @example
 * ```ts
 * const { version } = revert(canarying, { to: { version: 0 }, now });
 * version; // 2
 * ```
 *
 * @public
 */
export function revert(state: JobState, { now, to, enforcePriorVersion }: Revert): Transition {
  const current = requireJob(state);
  if (enforcePriorVersion !== undefined && enforcePriorVersion !== current.version) {
    throw new VerdigrisError(
      "prior_version_differs",
      `The current version is ${current.version}; the revert was meant for ${enforcePriorVersion}. Look at the job again.`,
      { expected: enforcePriorVersion, current: current.version },
    );
  }
  const target = targetOf(state, current, to);
  if (target.version === current.version) {
    throw new VerdigrisError(
      "already_current",
      `Version ${target.version} is the current one; name an earlier one, or submit its specification again.`,
      { version: target.version },
    );
  }
  return register(state, now, startedSpecification(target), "job_reverted");
}

function targetOf({ versions }: JobState, current: Job, to: Revert["to"]): Job {
  const known = versions.filter((job) => job.createIndex === current.createIndex);
  const target = known.find((job) => ("tag" in to ? job.tag === to.tag : job.version === to.version));
  if (target !== undefined) return target;
  throw "tag" in to ? unknownTag(known, to.tag) : unknownVersion(known, to.version);
}
