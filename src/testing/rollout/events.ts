import type { JobState } from "../../lifecycle/index.js";
import { currentJob, isActive, isTerminal, type Plan } from "../../model/index.js";
import type { RolloutState, Spent } from "./state.js";

/** Something that can happen to the one job of a rollout space. What it is about is named by ids of that very state. */
export type RolloutEvent =
  | { readonly kind: "plan" }
  /** Only the first, or all but the first, of what a plan does is carried out. */
  | { readonly kind: "plan_in_part"; readonly part: "first" | "rest" }
  /** The plan that was made before the last event is carried out after it. */
  | { readonly kind: "stale_plan" }
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

/** Everything that can happen in a state, in an order that does not depend on ids. */
export function rolloutEvents(
  { job, spent, stale }: RolloutState,
  plan: Plan,
  bounds: RolloutBounds,
): RolloutEvent[] {
  const events: RolloutEvent[] = [...planEvents(plan), ...allocationEvents(job, spent, bounds)];
  if (stale !== undefined) events.push({ kind: "stale_plan" });
  const current = currentJob(job.versions);
  if (current !== undefined && spent.submits < bounds.versions) {
    events.push({ kind: "submit" });
    for (const { version } of job.versions) {
      if (version !== current.version) events.push({ kind: "submit_earlier", version });
    }
    for (const count of bounds.counts) {
      if (current.groups.some((group) => group.count !== count)) events.push({ kind: "scale", count });
    }
  }
  for (const { id: deploymentId, status } of job.deployments.filter(isActive)) {
    events.push({ kind: "promote", deploymentId }, { kind: "fail", deploymentId });
    events.push({ kind: status === "paused" ? "resume" : "pause", deploymentId });
  }
  if (job.deployments.some(isActive)) events.push({ kind: "deadline" });
  return events;
}

/** A plan of one action has no parts; one that does nothing is carried out all the same: it may say something of deployments. */
function planEvents({ actions }: Plan): RolloutEvent[] {
  let acting = 0;
  for (const { kind } of actions) if (kind !== "ignore") acting++;
  if (acting === 0) return [{ kind: "plan" }];
  const rest: RolloutEvent = { kind: "plan_in_part", part: "rest" };
  return acting === 1
    ? [{ kind: "plan" }, rest]
    : [{ kind: "plan" }, { kind: "plan_in_part", part: "first" }, rest];
}

function allocationEvents(job: JobState, spent: Spent, bounds: RolloutBounds): RolloutEvent[] {
  const events: RolloutEvent[] = [];
  const active = new Set(job.deployments.flatMap((one) => (isActive(one) ? [one.id] : [])));
  for (const one of job.allocations) {
    if (isTerminal(one)) continue;
    const { id: allocationId, deploymentStatus, deploymentId } = one;
    const isJudged = !active.has(deploymentId ?? "") || deploymentStatus?.healthy !== undefined;
    if (!isJudged) events.push({ kind: "healthy", allocationId });
    if (spent.faults >= bounds.faults) continue;
    if (!isJudged) events.push({ kind: "unhealthy", allocationId });
    events.push({ kind: "lost", allocationId }, { kind: "completes", allocationId });
  }
  return events;
}
