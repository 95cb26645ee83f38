import { type Deployment, type DeploymentState, deploymentStateOf, isActive } from "../model/index.js";
import { type GroupReading, isAwayAfter, isKept, readGroups } from "./plan-reading.js";
import type { PlanCase, PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const status: PlanProperty = {
  kind: "plan",
  name: "status",
  sentence:
    "A plan changes deployments only along legal edges, makes at most one, leaves at most one of the version active, and declares success only when as many of its allocations as are wanted are healthy and stay, no old one is beside them, and its canaries were promoted.",
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
  const readings = readGroups(input, plan);
  return plan.deploymentUpdates.flatMap(({ deploymentId, status: to }) => {
    const deployment =
      to === "successful" ? input.deployments.find(({ id }) => id === deploymentId) : undefined;
    if (deployment === undefined) return [];
    return readings.flatMap((reading) => {
      const state = deploymentStateOf(deployment, reading.name);
      return state === undefined || reading.isRemoved ? [] : notDone(deployment, state, reading);
    });
  });
}

/** What a group lacks: as many healthy ones as wanted that stay, nothing old beside them, a promotion. */
function notDone({ id: deploymentId }: Deployment, state: DeploymentState, reading: GroupReading): Wrong[] {
  const { name: group, verdicts } = reading;
  const need = state.desiredTotal;
  const kept = verdicts.filter(({ allocation, verdict }) => isKept(verdict, allocation));
  const have = kept.filter(
    ({ allocation }) =>
      allocation.deploymentId === deploymentId && allocation.deploymentStatus?.healthy === true,
  ).length;
  const failedForGood = verdicts.filter(
    ({ allocation }) =>
      allocation.clientStatus === "failed" &&
      allocation.deploymentId !== deploymentId &&
      allocation.nextAllocation === undefined,
  ).length;
  const old = kept.filter(
    ({ allocation, verdict }) =>
      verdict.kind !== "update" &&
      !isAwayAfter(verdict, allocation) &&
      (allocation.jobVersion !== reading.job?.version ||
        allocation.jobCreateIndex !== reading.job.createIndex),
  ).length;
  return [
    ...(have + failedForGood >= need
      ? []
      : [wrong`${{ deploymentId }} succeeds with ${{ have }} healthy of ${{ need }} in ${{ group }}`]),
    ...(old === 0
      ? []
      : [wrong`${{ deploymentId }} succeeds with ${{ old }} old ones beside it in ${{ group }}`]),
    ...(state.desiredCanaries === 0 || state.promoted
      ? []
      : [wrong`${{ deploymentId }} succeeds and ${{ group }} was never promoted`]),
  ];
}
