import type { JobState } from "../lifecycle/index.js";
import { currentJob, isActive, isTerminal } from "../model/index.js";

/** Something that can happen to the one job of a rollout space. What it is about is named by ids of that very state. */
export type RolloutEvent =
  | { readonly kind: "plan" }
  /** Only the first, or all but the first, of what a plan does is carried out. */
  | { readonly kind: "plan_in_part"; readonly part: "first" | "rest" }
  | { readonly kind: "healthy"; readonly allocationId: string }
  | { readonly kind: "unhealthy"; readonly allocationId: string }
  | { readonly kind: "lost"; readonly allocationId: string }
  | { readonly kind: "completes"; readonly allocationId: string }
  | { readonly kind: "submit" }
  | { readonly kind: "submit_earlier"; readonly version: number }
  | { readonly kind: "scale"; readonly count: number }
  | { readonly kind: "promote" | "fail" | "pause" | "resume"; readonly deploymentId: string }
  | { readonly kind: "deadline" };

/** What bounds a rollout space. Never its depth. */
export interface RolloutBounds {
  /** How many allocations may go wrong: become unhealthy, be lost, or end by themselves. */
  readonly faults: number;
  /** How many versions there may be. */
  readonly versions: number;
  /** The counts that a group may be scaled to. */
  readonly counts: readonly number[];
}

/** How much of the bounds is used up. */
export interface Spent {
  readonly faults: number;
  readonly submits: number;
}

/** Everything that can happen in a state, in an order that does not depend on ids. */
export function rolloutEvents(state: JobState, spent: Spent, bounds: RolloutBounds): RolloutEvent[] {
  const events: RolloutEvent[] = [
    { kind: "plan" },
    { kind: "plan_in_part", part: "first" },
    { kind: "plan_in_part", part: "rest" },
  ];
  for (const { id: allocationId, deploymentStatus, deploymentId } of state.allocations.filter(
    (one) => !isTerminal(one),
  )) {
    const isJudged = deploymentId === undefined || deploymentStatus?.healthy !== undefined;
    if (!isJudged) events.push({ kind: "healthy", allocationId });
    if (spent.faults >= bounds.faults) continue;
    if (!isJudged) events.push({ kind: "unhealthy", allocationId });
    events.push({ kind: "lost", allocationId }, { kind: "completes", allocationId });
  }
  const current = currentJob(state.versions);
  if (current !== undefined && spent.submits < bounds.versions) {
    events.push({ kind: "submit" });
    for (const { version } of state.versions) {
      if (version !== current.version) events.push({ kind: "submit_earlier", version });
    }
    for (const count of bounds.counts) {
      if (current.groups.some((group) => group.count !== count)) events.push({ kind: "scale", count });
    }
  }
  for (const { id: deploymentId, status } of state.deployments.filter(isActive)) {
    events.push({ kind: "promote", deploymentId }, { kind: "fail", deploymentId });
    events.push({ kind: status === "paused" ? "resume" : "pause", deploymentId });
  }
  if (state.deployments.some(isActive)) events.push({ kind: "deadline" });
  return events;
}
