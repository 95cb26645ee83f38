import {
  type Deployment,
  type DeploymentState,
  type DeploymentUpdate,
  hasAutoPromote,
  type PlannedDeployment,
  requiresPromotion,
} from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupPicture } from "./group-picture.js";

/** What a plan says of deployments (rules 1 and 15). */
export interface DeploymentOutcome {
  readonly planned: PlannedDeployment | undefined;
  readonly updates: readonly DeploymentUpdate[];
  /** The deployment of the current version that is active after this plan. */
  readonly active:
    | { readonly id: string; readonly groups: { readonly [group: string]: DeploymentState } }
    | undefined;
}

/** Rule 15 over all groups: at most one deployment is made, and at most one changes its status. */
export function planDeployment(
  evaluation: Evaluation,
  pictures: readonly GroupPicture[],
  newDeploymentId: () => string,
): DeploymentOutcome {
  const { current, job } = evaluation;
  const updates: DeploymentUpdate[] = [];
  if (evaluation.latestUpdate !== undefined) updates.push(evaluation.latestUpdate);
  const touched = pictures.filter((picture) => picture.stateIsNew || picture.stateChanged);
  if (current === undefined) {
    // No group of a stopped, a batch or no job at all is touched.
    if (touched.length === 0 || job === undefined) return { planned: undefined, updates, active: undefined };
    const planned = describe({
      kind: "created",
      id: newDeploymentId(),
      jobId: job.id,
      ...(job.namespace === undefined ? {} : { namespace: job.namespace }),
      jobVersion: job.version,
      jobCreateIndex: job.createIndex,
      jobModifyIndex: job.modifyIndex,
      status: "running",
      groups: statesOf({}, touched),
    });
    return { planned, updates, active: planned };
  }
  if (!evaluation.currentIsActive) return { planned: undefined, updates, active: undefined };

  const ending = statusUpdate(current, pictures);
  if (ending !== undefined) updates.push(ending);
  const carried =
    touched.length > 0 || (ending?.status === "pending" && pictures.some((one) => !one.removed));
  const groups = touched.length > 0 ? statesOf(current.groups, touched) : current.groups;
  const planned = carried ? changedDeployment(current, groups) : undefined;
  const active = ending?.status === "successful" ? undefined : { id: current.id, groups };
  return { planned, updates, active };
}

/** An initializing deployment becomes pending, whatever else (D 32); one whose groups are all complete is successful. */
function statusUpdate(current: Deployment, pictures: readonly GroupPicture[]): DeploymentUpdate | undefined {
  if (current.status === "initializing") {
    return { deploymentId: current.id, status: "pending", description: "pending_for_peer" };
  }
  return pictures.every((picture) => picture.complete || picture.removed)
    ? { deploymentId: current.id, status: "successful", description: "successful" }
    : undefined;
}

function changedDeployment(current: Deployment, groups: Deployment["groups"]): PlannedDeployment {
  return describe({
    kind: "changed",
    id: current.id,
    jobId: current.jobId,
    ...(current.namespace === undefined ? {} : { namespace: current.namespace }),
    jobVersion: current.jobVersion,
    jobCreateIndex: current.jobCreateIndex,
    jobModifyIndex: current.jobModifyIndex,
    status: current.status,
    groups,
  });
}

function statesOf(
  before: { readonly [group: string]: DeploymentState },
  pictures: readonly GroupPicture[],
): { readonly [group: string]: DeploymentState } {
  const groups = { ...before };
  for (const picture of pictures) groups[picture.name] = { ...picture.state };
  return groups;
}

function describe(deployment: Omit<PlannedDeployment, "description">): PlannedDeployment {
  if (deployment.status !== "running") return deployment;
  const description = hasAutoPromote(deployment)
    ? "auto_promotion"
    : requiresPromotion(deployment)
      ? "needs_promotion"
      : "running";
  return { ...deployment, description };
}
