import { currentJob, isStopped } from "../model/index.js";
import { type Change, changeDeployment } from "./change.js";
import { isOfVersion, registeredJob } from "./job-state.js";
import type { Rollback } from "./outcome.js";
import { rollbackTarget } from "./rules/rollback-target.js";
import { startedSpecification } from "./specification.js";
import { describeFailed, type FailureCause } from "./status-description.js";
import { registerVersion } from "./versions.js";

/** Ends the deployment at that position, and rolls the job back if it is wanted and possible. */
export function failDeployment(
  change: Change,
  at: number,
  cause: FailureCause,
  wantsRollback: boolean,
): Rollback | undefined {
  const rollback = wantsRollback ? rollBack(change, at) : undefined;
  changeDeployment(change, at, { status: "failed", statusDescription: describeFailed(cause, rollback) });
  return rollback;
}

function rollBack(change: Change, at: number): Rollback {
  const { before } = change;
  const failed = before.deployments[at];
  const current = registeredJob(before) ?? currentJob(before.versions);
  if (failed === undefined || current === undefined) return { kind: "no_stable_version" };
  if (isStopped(current) || !isOfVersion(failed, current)) {
    return { kind: "superseded", byVersion: current.version };
  }
  const target = rollbackTarget(before.versions);
  if (target.kind !== "version") return target;
  const version = registerVersion(change, startedSpecification(target.job), {
    rollbackOf: target.job.version,
  });
  return { kind: "rolled_back", from: current.version, to: target.job.version, version };
}
