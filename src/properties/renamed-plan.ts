import type { Action, Plan, Waiting } from "../model/index.js";
import { groupsRenamed, THERE } from "./renaming.js";

/** The plan as it would be with those ids. */
export function planRenamed(plan: Plan): Plan {
  const { madeFrom, deployment } = plan;
  return {
    ...plan,
    madeFrom: { ...withDeployment(madeFrom), evaluationId: THERE.run(madeFrom.evaluationId) },
    actions: plan.actions.map(actionRenamed),
    ...(deployment === undefined
      ? {}
      : {
          deployment: {
            ...deployment,
            id: THERE.run(deployment.id),
            groups: groupsRenamed(deployment.groups),
          },
        }),
    deploymentUpdates: plan.deploymentUpdates.map(withDeployment),
    followUps: plan.followUps.map((one) => ({
      ...one,
      id: THERE.run(one.id),
      allocations: one.allocations.map(THERE.allocation),
    })),
    waiting: plan.waiting.map(waitingRenamed),
  };
}

function waitingRenamed(waiting: Waiting): Waiting {
  if ("allocations" in waiting) {
    return { ...waiting, allocations: waiting.allocations.map(THERE.allocation) };
  }
  return "deploymentId" in waiting ? withDeployment(waiting) : waiting;
}

function actionRenamed(action: Action): Action {
  const renamed = withLinks(action);
  if (renamed.kind === "ignore" && renamed.reason.code === "unknown_and_replaced") {
    return { ...renamed, reason: { ...renamed.reason, by: THERE.allocation(renamed.reason.by) } };
  }
  if (renamed.kind !== "stop") return renamed;
  const { reason } = renamed;
  switch (reason.code) {
    case "canary_cancelled":
      return { ...renamed, reason: withDeployment(reason) };
    case "replacement_kept":
      return { ...renamed, reason: { ...reason, replacement: THERE.allocation(reason.replacement) } };
    case "original_kept":
      return { ...renamed, reason: { ...reason, original: THERE.allocation(reason.original) } };
    default:
      return renamed;
  }
}

/** Every id that an action has itself. */
function withLinks(action: Action): Action {
  const placing = "previousAllocation" in action ? action.previousAllocation : undefined;
  const waits = "followUpEvaluationId" in action ? action.followUpEvaluationId : undefined;
  const joined = "deploymentId" in action ? action.deploymentId : undefined;
  return {
    ...action,
    ...("allocationId" in action ? { allocationId: THERE.allocation(action.allocationId) } : {}),
    ...(placing === undefined ? {} : { previousAllocation: THERE.allocation(placing) }),
    ...(waits === undefined ? {} : { followUpEvaluationId: THERE.run(waits) }),
    ...(joined === undefined ? {} : { deploymentId: THERE.run(joined) }),
  };
}

function withDeployment<T extends { readonly deploymentId?: string }>(value: T): T {
  const { deploymentId } = value;
  return deploymentId === undefined ? value : { ...value, deploymentId: THERE.run(deploymentId) };
}
