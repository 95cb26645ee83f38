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
 * @example
 * ```ts
 * const { need, have } = promotionGate(deployment, "api", canarying.allocations);
 * have >= need; // true
 * ```
 *
 * @public
 */
export function promotionGate(
  deployment: Pick<Deployment, "groups">,
  group: string,
  allocations: readonly Allocation[],
): PromotionGate {
  const [gate] = promotionGates(deployment, [group], allocations);
  return gate ?? { group, need: 0, have: 0, pending: 0, unhealthy: 0, dead: 0 };
}

/** The gates of several groups, in one pass over the allocations. */
export function promotionGates(
  deployment: Pick<Deployment, "groups">,
  groups: readonly string[],
  allocations: readonly Allocation[],
): PromotionGate[] {
  const gates = groups.map((group) => {
    const state = deploymentStateOf(deployment, group);
    const placed = state?.placedCanaries.length ?? 0;
    return { group, need: state?.desiredCanaries ?? 0, have: 0, pending: 0, unhealthy: 0, dead: placed };
  });
  const gateOf = new Map<string, (typeof gates)[number]>();
  for (const gate of gates) {
    for (const id of deploymentStateOf(deployment, gate.group)?.placedCanaries ?? []) gateOf.set(id, gate);
  }
  if (gateOf.size === 0) return gates;
  for (const allocation of allocations) {
    const gate = gateOf.get(allocation.id);
    if (gate === undefined || isTerminal(allocation)) continue;
    gate.dead--;
    const healthy = allocation.deploymentStatus?.healthy;
    if (healthy === true) gate.have++;
    else if (healthy === false) gate.unhealthy++;
    else gate.pending++;
  }
  return gates;
}

/**
 * As many canaries live and are healthy as the group wants.
 *
 * @example
 * ```ts
 * mayBePromoted({ group: "web", need: 2, have: 1, pending: 1, unhealthy: 0, dead: 0 }); // false
 * ```
 *
 * @public
 */
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
