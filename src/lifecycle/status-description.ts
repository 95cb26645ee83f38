import { type Deployment, hasAutoPromote, requiresPromotion } from "../model/index.js";
import type { Rollback } from "./outcome.js";

/** Why a deployment failed. */
export type FailureCause = "by_user" | "progress_deadline" | "unhealthy";

const FAILED: { readonly [cause in FailureCause]: string } = {
  by_user: "Deployment marked as failed",
  progress_deadline: "Failed due to progress deadline",
  unhealthy: "Failed due to unhealthy allocations",
};

/** What people read of a deployment that ended by plan. */
export const ENDED: {
  readonly [description in "job_stopped" | "newer_version" | "successful" | "pending_for_peer"]: string;
} = {
  job_stopped: "Cancelled because job is stopped",
  newer_version: "Cancelled due to newer version of job",
  successful: "Deployment completed successfully",
  pending_for_peer: "Deployment is pending, waiting for a peer region",
};

/** What people read of an active deployment: derived from what it is. */
export function describeActive(deployment: Pick<Deployment, "status" | "groups">): string {
  if (deployment.status === "paused") return "Deployment is paused";
  if (hasAutoPromote(deployment) && requiresPromotion(deployment)) {
    return "Deployment is running pending automatic promotion";
  }
  return requiresPromotion(deployment)
    ? "Deployment is running but requires manual promotion"
    : "Deployment is running";
}

/** What people read of a failed deployment. */
export function describeFailed(cause: FailureCause, rollback: Rollback | undefined): string {
  return `${FAILED[cause]}${rollback === undefined ? "" : describeRollback(rollback)}`;
}

function describeRollback(rollback: Rollback): string {
  switch (rollback.kind) {
    case "rolled_back":
      return ` - rolling back to job version ${rollback.to}`;
    case "no_stable_version":
      return " - no stable job version to roll back to";
    case "same_specification":
      return ` - not rolling back to stable job version ${rollback.stableVersion}: the current job has the same specification`;
    case "superseded":
      return ` - not rolling back: job version ${rollback.byVersion} has come since`;
  }
}
