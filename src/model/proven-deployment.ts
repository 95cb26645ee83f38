import { type Deployment, deploymentStateOf } from "./deployment.js";

/**
 * Rule 12: the newest deployment (by version) among these that proved its version for the group: it did not fail, and
 * the group is promoted there, or wanted no canaries and the deployment was not cancelled.
 */
export function provenDeployment(
  deployments: readonly Deployment[],
  group: string,
  isCandidate: (deployment: Deployment) => boolean,
): Deployment | undefined {
  let proven: Deployment | undefined;
  for (const deployment of deployments) {
    const state = deploymentStateOf(deployment, group);
    if (state === undefined || deployment.status === "failed") continue;
    if (!state.promoted && (state.desiredCanaries > 0 || deployment.status === "cancelled")) continue;
    if (proven !== undefined && !isNewer(deployment, proven)) continue;
    if (isCandidate(deployment)) proven = deployment;
  }
  return proven;
}

function isNewer(one: Deployment, than: Deployment): boolean {
  return one.jobVersion > than.jobVersion || (one.jobVersion === than.jobVersion && one.id > than.id);
}
