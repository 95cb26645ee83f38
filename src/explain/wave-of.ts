import { groupsToPromote, type JobState, mayBePromoted, promotionGates } from "../lifecycle/index.js";
import {
  type Allocation,
  type Deployment,
  hasAutoPromote,
  isTerminal,
  type Plan,
  placementsOf,
} from "../model/index.js";
import type { Wave } from "./assumptions.js";

/** What a plan does, as a wave. */
export function waveOf(plan: Plan, at: number, { allocations }: JobState): Wave {
  const stopped = new Set(
    plan.actions.flatMap((one) => (one.kind === "stop" || one.kind === "replace" ? [one.allocationId] : [])),
  );
  const keeps = allocations.filter((one) => !isTerminal(one) && !stopped.has(one.id)).length;
  return { at, places: placementsOf(plan).length, stops: stopped.size, keeps };
}

/** Somebody may promote it, and somebody has to. */
export function mayPromote(deployment: Deployment, allocations: readonly Allocation[]): boolean {
  if (deployment.status !== "running" || hasAutoPromote(deployment)) return false;
  const groups = groupsToPromote(deployment);
  return groups.length > 0 && promotionGates(deployment, groups, allocations).every(mayBePromoted);
}
