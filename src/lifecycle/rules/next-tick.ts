import { type Deployment, deploymentStateOf } from "../../model/index.js";
import { currentDeploymentAt, type JobState, registeredJob } from "../job-state.js";
import { promotesItself } from "./automatic-promotion.js";
import { decideHealth } from "./health-decision.js";
import { progressOf } from "./progress.js";
import { ownGroup } from "./version-of.js";

/**
 * When time alone changes something next, in milliseconds since the epoch: `now` when it does already, nothing when it
 * never does. Between now and then a `tick` changes nothing.
 *
 * @example
 * ```ts
 * nextTick(emptyJobState(), now); // undefined
 * ```
 *
 * @public
 */
export function nextTick(state: JobState, now: number): number | undefined {
  let next = state.wakeAt ?? Number.POSITIVE_INFINITY;
  for (const { at } of state.followUps ?? []) next = Math.min(next, at);
  const deployment = state.deployments[currentDeploymentAt(state.deployments, registeredJob(state))];
  if (deployment !== undefined) {
    next = Math.min(next, nextHealth(state, deployment, now), nextDeadline(state, deployment, now));
    if (promotesItself(deployment, state.allocations)) next = now;
  }
  return next === Number.POSITIVE_INFINITY ? undefined : Math.max(next, now);
}

function nextHealth(state: JobState, deployment: Deployment, now: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (const allocation of state.allocations) {
    if (allocation.deploymentId !== deployment.id) continue;
    const group = ownGroup(state.versions, allocation);
    if (group === undefined) continue;
    const isRolledOut = deploymentStateOf(deployment, allocation.group) !== undefined;
    const decision = decideHealth(allocation, group, isRolledOut, now);
    next = Math.min(next, decision.kind === "nothing" ? (decision.until ?? next) : now);
  }
  return next;
}

function nextDeadline({ allocations }: JobState, deployment: Deployment, now: number): number {
  if (deployment.status !== "running") return Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  const without: string[] = [];
  for (const [group, { progressDeadline, requireProgressBy }] of Object.entries(deployment.groups)) {
    if (progressDeadline === 0) continue;
    if (requireProgressBy === undefined) without.push(group);
    else next = Math.min(next, requireProgressBy);
  }
  if (without.length === 0) return next;
  // A group that had no deadline to keep and is under way again gets one now.
  const progress = progressOf(deployment, without, allocations);
  return without.some((group) => progress.get(group)?.kind === "under_way") ? now : next;
}
