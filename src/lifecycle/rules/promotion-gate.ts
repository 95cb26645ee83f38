import {
  type Allocation,
  type Deployment,
  deploymentStateOf,
  isTerminal,
  wantsPromotion,
} from "../../model/index.js";

/** Whether a group's canaries may be promoted, with the arithmetic. @public */
export interface PromotionGate {
  readonly group: string;
  /** How many canaries are wanted. */
  readonly need: number;
  /** Placed canaries that live and are healthy. */
  readonly have: number;
  /** Placed canaries that live and whose health is not decided. */
  readonly pending: number;
  /** Placed canaries that live and are unhealthy. */
  readonly unhealthy: number;
  /** Placed canaries that ended, or were stopped, or are no longer known. */
  readonly dead: number;
}

/**
 * The one gate: a group that wants canaries may be promoted when as many of those placed live and are healthy. The
 * manual promotion, the automatic one, the deadline and the explanations all ask here (D 10).
 *
 * @public
 */
export function promotionGate(
  deployment: Pick<Deployment, "groups">,
  group: string,
  allocations: readonly Allocation[],
): PromotionGate {
  const state = deploymentStateOf(deployment, group);
  const placed = new Set(state?.placedCanaries ?? []);
  let have = 0;
  let pending = 0;
  let unhealthy = 0;
  if (placed.size > 0) {
    for (const allocation of allocations) {
      if (!placed.has(allocation.id) || isTerminal(allocation)) continue;
      const healthy = allocation.deploymentStatus?.healthy;
      if (healthy === true) have++;
      else if (healthy === false) unhealthy++;
      else pending++;
    }
  }
  const dead = placed.size - have - pending - unhealthy;
  return { group, need: state?.desiredCanaries ?? 0, have, pending, unhealthy, dead };
}

/** @public */
export function mayBePromoted({ have, need }: PromotionGate): boolean {
  return have >= need;
}

/** The groups of a deployment that want canaries and are not promoted. */
export function groupsToPromote(deployment: Pick<Deployment, "groups">): string[] {
  return Object.keys(deployment.groups).filter((group) => {
    const state = deploymentStateOf(deployment, group);
    return state !== undefined && wantsPromotion(state);
  });
}
