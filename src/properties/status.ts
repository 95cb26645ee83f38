import { currentJob, deploymentStateOf, isActive, isTerminal } from "../model/index.js";
import type { PlanCase, PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const status: PlanProperty = {
  kind: "plan",
  name: "status",
  sentence:
    "A plan changes deployments only along legal edges, makes at most one, leaves at most one of the version active, and declares success only when that many live allocations of it are healthy and promoted.",
  anchor: "properties.md#status",
  cost: "one_plan",
  check: (subject) => [...illegalEdges(subject), ...tooManyActive(subject), ...falseSuccess(subject)],
};

function illegalEdges({ input, plan }: PlanCase): Wrong[] {
  return plan.deploymentUpdates.flatMap(({ deploymentId, status: to }) => {
    const from = input.deployments.find(({ id }) => id === deploymentId);
    if (from === undefined) return [wrong`${{ deploymentId }} does not exist`];
    if (!isActive(from))
      return [wrong`${{ deploymentId }} is ${{ from: from.status }} and becomes ${{ to }}`];
    return to === "pending" && from.status !== "initializing"
      ? [wrong`${{ deploymentId }} becomes pending`]
      : [];
  });
}

function tooManyActive({ input, plan }: PlanCase): Wrong[] {
  if (plan.deployment?.kind !== "created") return [];
  const latest = [...input.deployments].sort(
    (a, b) => b.createIndex - a.createIndex || (a.id < b.id ? 1 : -1),
  )[0];
  const ends = plan.deploymentUpdates.some(({ deploymentId }) => deploymentId === latest?.id);
  return latest !== undefined && isActive(latest) && !ends
    ? [
        wrong`${{ deploymentId: latest.id }} is active beside the new ${{ createdDeploymentId: plan.deployment.id }}`,
      ]
    : [];
}

function falseSuccess({ input, plan }: PlanCase): Wrong[] {
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
          ? [
              wrong`${{ deploymentId: deployment.id }} succeeds with ${{ have: healthy }} healthy of ${{ need: state.desiredTotal }} in ${{ group: group.name }}`,
            ]
          : []),
        ...(state.desiredCanaries > 0 && !state.promoted
          ? [
              wrong`${{ deploymentId: deployment.id }} succeeds and ${{ group: group.name }} was never promoted`,
            ]
          : []),
      ];
    });
  });
}
