import {
  type Allocation,
  type Deployment,
  type DeploymentState,
  deploymentStateOf,
  isTerminal,
  wantsPromotion,
} from "../../model/index.js";
import { mayBePromoted, promotionGates } from "./promotion-gate.js";

/** How far a group of a deployment is. @public */
export type GroupProgress =
  /** It needs no promotion, and as many as wanted live and are healthy. */
  | { readonly kind: "done" }
  /** Every canary that is wanted lives and is healthy: only the promotion is missing. No deadline runs. */
  | { readonly kind: "waits_for_promotion" }
  /** `need` canaries (while some are to be promoted) or allocations must live and be healthy; `have` do. */
  | { readonly kind: "under_way"; readonly have: number; readonly need: number };

type Rollout = Pick<Deployment, "id" | "groups">;

/**
 * What a group's progress deadline is judged by.
 *
 * @example
 * ```ts
 * groupProgress(deployment, "api", canarying.allocations).kind; // "waits_for_promotion"
 * ```
 *
 * @public
 */
export function groupProgress(
  deployment: Rollout,
  group: string,
  allocations: readonly Allocation[],
): GroupProgress {
  return progressOf(deployment, [group], allocations).get(group) ?? { kind: "done" };
}

/** How far these groups are, in one pass over the allocations for each of the two questions. */
export function progressOf(
  deployment: Rollout,
  groups: readonly string[],
  allocations: readonly Allocation[],
): ReadonlyMap<string, GroupProgress> {
  const progress = new Map<string, GroupProgress>();
  const gated: string[] = [];
  const rolling: (readonly [string, DeploymentState])[] = [];
  for (const group of groups) {
    const state = deploymentStateOf(deployment, group);
    if (state === undefined) continue;
    if (wantsPromotion(state)) gated.push(group);
    else rolling.push([group, state]);
  }
  if (gated.length > 0) {
    for (const gate of promotionGates(deployment, gated, allocations)) {
      const { group, have, need } = gate;
      const waits = mayBePromoted(gate);
      progress.set(group, waits ? { kind: "waits_for_promotion" } : { kind: "under_way", have, need });
    }
  }
  if (rolling.length > 0) {
    const healthy = healthyOf(deployment.id, allocations);
    for (const [group, { desiredTotal: need }] of rolling) {
      const have = healthy.get(group) ?? 0;
      progress.set(group, have >= need ? { kind: "done" } : { kind: "under_way", have, need });
    }
  }
  return progress;
}

/** Live, healthy allocations of the deployment, by group. */
function healthyOf(deploymentId: string, allocations: readonly Allocation[]): ReadonlyMap<string, number> {
  const healthy = new Map<string, number>();
  for (const allocation of allocations) {
    if (allocation.deploymentStatus?.healthy !== true || allocation.deploymentId !== deploymentId) continue;
    if (!isTerminal(allocation)) healthy.set(allocation.group, (healthy.get(allocation.group) ?? 0) + 1);
  }
  return healthy;
}
