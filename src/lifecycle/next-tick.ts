import { type Allocation, type Deployment, deploymentStateOf, groupOf } from "../model/index.js";
import { currentDeploymentAt, type JobState, registeredJob } from "./job-state.js";
import { hasAttemptLeft } from "./rules/attempt-left.js";
import { promotesItself } from "./rules/automatic-promotion.js";
import { judgeHealth } from "./rules/judge-health.js";
import { groupProgress } from "./rules/progress.js";
import { versionOf } from "./version-of.js";

/**
 * When time alone changes something next, in milliseconds since the epoch: `now` when it does already, nothing when it
 * never does. Between now and then a `tick` changes nothing.
 *
 * @public
 */
export function nextTick(state: JobState, now: number): number | undefined {
  let next = Number.POSITIVE_INFINITY;
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
    if (allocation.deploymentId === deployment.id)
      next = Math.min(next, healthChangesAt(state, allocation, now));
  }
  return next;
}

function healthChangesAt(state: JobState, allocation: Allocation, now: number): number {
  const healthy = allocation.deploymentStatus?.healthy;
  if (healthy === false || (healthy === true && allocation.clientStatus !== "failed"))
    return Number.POSITIVE_INFINITY;
  const job = versionOf(state.versions, allocation);
  const group = job === undefined ? undefined : groupOf(job, allocation.group);
  if (group === undefined) return Number.POSITIVE_INFINITY;
  if (healthy === undefined) {
    const judgement = judgeHealth(allocation, group, now);
    return judgement.kind === "undecided" ? (judgement.until ?? Number.POSITIVE_INFINITY) : now;
  }
  const isOver = allocation.desiredStatus !== "run" || allocation.nextAllocation !== undefined;
  const isAllowed =
    allocation.desiredTransition?.reschedule === true && hasAttemptLeft(allocation, group, now);
  return isOver || isAllowed ? Number.POSITIVE_INFINITY : now;
}

function nextDeadline(state: JobState, deployment: Deployment, now: number): number {
  if (deployment.status !== "running") return Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  for (const group of Object.keys(deployment.groups)) {
    const own = deploymentStateOf(deployment, group);
    if (own === undefined || own.progressDeadline === 0) continue;
    const by = own.requireProgressBy ?? restartsNow(state, deployment, group, now);
    if (by < next) next = by;
  }
  return next;
}

/** A group that had no deadline to keep is under way again: it gets one now. */
function restartsNow(state: JobState, deployment: Deployment, group: string, now: number): number {
  return groupProgress(deployment, group, state.allocations).kind === "under_way"
    ? now
    : Number.POSITIVE_INFINITY;
}
