import { changing } from "../change.js";
import { failDeployment } from "../fail-deployment.js";
import { requireActiveDeployment } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { failedBy } from "../record-health.js";

/** A user gives a deployment up. @public */
export interface Fail {
  readonly now: number;
  readonly deploymentId: string;
}

/**
 * Fails a deployment, and rolls the job back if any of its groups has `autoRevert`: the newest stable version is
 * registered again, and `rollback` says under which number, or why not.
 *
 * @throws VerdigrisError `unknown_deployment`, `deployment_terminal`
 *
 * @example
 * ```ts
 * const { state, rollback } = fail(canarying, { deploymentId, now });
 * rollback; // { kind: "rolled_back", from: 1, to: 0, version: 2 }
 * ```
 *
 * @public
 */
export function fail(state: JobState, { now, deploymentId }: Fail): Transition {
  const at = requireActiveDeployment(state, deploymentId);
  const groups = Object.values(state.deployments[at]?.groups ?? {});
  const wantsRollback = groups.some(({ autoRevert }) => autoRevert);
  return changing(state, now, (change) => failedBy(failDeployment(change, at, "by_user", wantsRollback)));
}
