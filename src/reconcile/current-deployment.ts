import {
  type Deployment,
  type DeploymentUpdate,
  isActive,
  isStopped,
  type Job,
  latestDeployment,
} from "../model/index.js";

/** Rule 1: the deployment that binds this evaluation, if any, and what becomes of the latest one. */
export interface CurrentDeployment {
  readonly current: Deployment | undefined;
  readonly update: DeploymentUpdate | undefined;
}

/** Rule 1. */
export function currentDeployment(
  job: Job | undefined,
  deployments: readonly Deployment[],
): CurrentDeployment {
  const latest = latestDeployment(deployments);
  if (latest === undefined) return { current: undefined, update: undefined };
  if (isStopped(job)) return { current: undefined, update: cancel(latest, "job_stopped") };
  if (latest.jobCreateIndex !== job.createIndex || latest.jobVersion !== job.version) {
    return { current: undefined, update: cancel(latest, "newer_version") };
  }
  const isOver = latest.status === "successful" || (latest.status === "failed" && job.stable === true);
  return { current: isOver ? undefined : latest, update: undefined };
}

function cancel(
  deployment: Deployment,
  description: "job_stopped" | "newer_version",
): DeploymentUpdate | undefined {
  return isActive(deployment) ? { deploymentId: deployment.id, status: "cancelled", description } : undefined;
}
