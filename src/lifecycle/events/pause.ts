import { changeDeployment, changing, deploymentsOf, unchanged } from "../change.js";
import { renewDeadlines } from "../deadlines.js";
import { requireActiveDeployment } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { describeActive } from "../status-description.js";

/** A user pauses a deployment, or lets it go on. @public */
export interface PauseOrResume {
  readonly now: number;
  readonly deploymentId: string;
}

/**
 * Pauses a deployment: nothing more is replaced, and no deadline runs. One that is paused stays as it is.
 *
 * @throws VerdigrisError `unknown_deployment`, `deployment_terminal`
 *
 * @example
 * ```ts
 * const { state } = pause(canarying, { deploymentId, now });
 * state.deployments.map(({ status }) => status).includes("paused"); // true
 * ```
 *
 * @public
 */
export function pause(state: JobState, event: PauseOrResume): Transition {
  return become(state, event, "paused");
}

/**
 * Lets a deployment go on; its deadlines begin anew. One that runs stays as it is.
 *
 * @throws VerdigrisError `unknown_deployment`, `deployment_terminal`
 *
 * @example
 * ```ts
 * const { evaluate } = resume(pause(canarying, { deploymentId, now }).state, { deploymentId, now });
 * evaluate; // { because: "resumed" }
 * ```
 *
 * @public
 */
export function resume(state: JobState, event: PauseOrResume): Transition {
  return become(state, event, "running");
}

function become(
  state: JobState,
  { now, deploymentId }: PauseOrResume,
  status: "paused" | "running",
): Transition {
  const at = requireActiveDeployment(state, deploymentId);
  if (state.deployments[at]?.status === status) return unchanged(state);
  return changing(state, now, (change) => {
    const groups = deploymentsOf(change)[at]?.groups ?? {};
    changeDeployment(change, at, { status, statusDescription: describeActive({ status, groups }) });
    renewDeadlines(change, at);
    return status === "running" ? { evaluate: { because: "resumed" } } : {};
  });
}
