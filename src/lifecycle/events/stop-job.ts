import { currentJob, isStopped } from "../../model/index.js";
import { type Change, changing } from "../change.js";
import { requireJob } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { forgetPurged, registerVersion } from "../versions.js";

/** A user stops the job. @public */
export interface StopJob {
  readonly now: number;
  /** Forget it too, as soon as nothing of it lives any more. */
  readonly purge?: boolean;
}

/**
 * Stops the job: a new version that says so and keeps `stable`. A job that is stopped already stays as it is. With
 * `purge` it no longer exists; its versions and deployments stay until nothing live refers to them (D 18).
 *
 * @throws VerdigrisError `unknown_job`
 *
 * @example
 * ```ts
 * const { state } = stopJob(canarying, { now });
 * isStopped(currentJob(state.versions)); // true
 * ```
 *
 * @public
 */
export function stopJob(state: JobState, { now, purge }: StopJob): Transition {
  requireJob(state);
  return changing(state, now, (change) => {
    const version = stopped(change);
    if (purge === true) {
      change.draft.purged = true;
      forgetPurged(change);
    }
    return { evaluate: { because: "job_stopped" }, version };
  });
}

/** The number of the version that says "stopped". */
function stopped(change: Change): number {
  const current = currentJob(change.before.versions);
  if (current === undefined || isStopped(current)) return current?.version ?? 0;
  return registerVersion(change, { ...current, stop: true }, { stable: current.stable === true });
}
