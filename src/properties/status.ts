import { currentJob, deploymentStateOf, isActive, isTerminal } from "../model/index.js";
import type { PlanCase, PlanProperty } from "./violation.js";

/** @public */
export const status: PlanProperty = {
  name: "status",
  sentence:
    "A plan changes deployments only along legal edges, makes at most one, leaves at most one of the version active, and declares success only when that many live allocations of it are healthy and promoted.",
  cost: "one_plan",
  check: (subject) => [...illegalEdges(subject), ...tooManyActive(subject), ...falseSuccess(subject)],
};

function illegalEdges({ input, plan }: PlanCase): string[] {
  return plan.deploymentUpdates.flatMap(({ deploymentId, status: to }) => {
    const from = input.deployments.find(({ id }) => id === deploymentId);
    if (from === undefined) return [`${deploymentId} does not exist`];
    if (!isActive(from)) return [`${deploymentId} is ${from.status} and becomes ${to}`];
    return to === "pending" && from.status !== "initializing" ? [`${deploymentId} becomes pending`] : [];
  });
}

function tooManyActive({ input, plan }: PlanCase): string[] {
  if (plan.deployment?.kind !== "created") return [];
  const latest = [...input.deployments].sort(
    (a, b) => b.createIndex - a.createIndex || (a.id < b.id ? 1 : -1),
  )[0];
  const ends = plan.deploymentUpdates.some(({ deploymentId }) => deploymentId === latest?.id);
  return latest !== undefined && isActive(latest) && !ends
    ? [`${latest.id} is active beside the new ${plan.deployment.id}`]
    : [];
}

function falseSuccess({ input, plan }: PlanCase): string[] {
  return plan.deploymentUpdates.flatMap((update) => {
    if (update.status !== "successful") return [];
    const deployment = input.deployments.find(({ id }) => id === update.deploymentId);
    const job = currentJob(input.versions);
    if (deployment === undefined || job === undefined) return [];
    return job.groups.flatMap((group) => {
      const state = deploymentStateOf(deployment, group.name);
      if (state === undefined || group.count === 0) return [];
      const own = input.allocations.filter((allocation) => allocation.group === group.name);
      const healthy = own.filter(
        (allocation) =>
          allocation.deploymentId === deployment.id &&
          allocation.deploymentStatus?.healthy === true &&
          !isTerminal(allocation),
      ).length;
      const failedForGood = own.filter(
        (allocation) => allocation.clientStatus === "failed" && allocation.deploymentId !== deployment.id,
      ).length;
      return [
        ...(healthy + failedForGood < state.desiredTotal
          ? [`${deployment.id} succeeds with ${healthy} healthy of ${state.desiredTotal} in ${group.name}`]
          : []),
        ...(state.desiredCanaries > 0 && !state.promoted
          ? [`${deployment.id} succeeds and ${group.name} was never promoted`]
          : []),
      ];
    });
  });
}
