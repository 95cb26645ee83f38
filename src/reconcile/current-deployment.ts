import { type Deployment, type DeploymentUpdate, isActive, isStopped, type Job } from "../model/index.js";

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

/** The one with the highest (`createIndex`, `id`). */
function latestDeployment(deployments: readonly Deployment[]): Deployment | undefined {
  let latest: Deployment | undefined;
  for (const deployment of deployments) {
    if (
      latest === undefined ||
      deployment.createIndex > latest.createIndex ||
      (deployment.createIndex === latest.createIndex && deployment.id > latest.id)
    ) {
      latest = deployment;
    }
  }
  return latest;
}

function cancel(
  deployment: Deployment,
  description: "job_stopped" | "newer_version",
): DeploymentUpdate | undefined {
  return isActive(deployment) ? { deploymentId: deployment.id, status: "cancelled", description } : undefined;
}
