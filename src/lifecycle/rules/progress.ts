import {
  type Allocation,
  type Deployment,
  deploymentStateOf,
  isTerminal,
  wantsPromotion,
} from "../../model/index.js";
import { mayBePromoted, promotionGate } from "./promotion-gate.js";

/** How far a group of a deployment is. @public */
export type GroupProgress =
  /** It needs no promotion, and as many as wanted live and are healthy. */
  | { readonly kind: "done" }
  /** Every canary that is wanted lives and is healthy: only the promotion is missing. No deadline runs. */
  | { readonly kind: "waits_for_promotion" }
  /** `need` canaries (while some are to be promoted) or allocations must live and be healthy; `have` do. */
  | { readonly kind: "under_way"; readonly have: number; readonly need: number };

/** What a group's progress deadline is judged by. @public */
export function groupProgress(
  deployment: Pick<Deployment, "id" | "groups">,
  group: string,
  allocations: readonly Allocation[],
): GroupProgress {
  const state = deploymentStateOf(deployment, group);
  if (state === undefined) return { kind: "done" };
  if (wantsPromotion(state)) {
    const gate = promotionGate(deployment, group, allocations);
    return mayBePromoted(gate)
      ? { kind: "waits_for_promotion" }
      : { kind: "under_way", have: gate.have, need: gate.need };
  }
  const have = healthyOf(deployment.id, group, allocations);
  return have >= state.desiredTotal
    ? { kind: "done" }
    : { kind: "under_way", have, need: state.desiredTotal };
}

function healthyOf(deploymentId: string, group: string, allocations: readonly Allocation[]): number {
  let healthy = 0;
  for (const allocation of allocations) {
    if (
      allocation.deploymentStatus?.healthy === true &&
      allocation.deploymentId === deploymentId &&
      allocation.group === group &&
      !isTerminal(allocation)
    ) {
      healthy++;
    }
  }
  return healthy;
}
