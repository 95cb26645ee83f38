import { type Allocation, type Deployment, deploymentStateOf, groupOf } from "../../model/index.js";
import { currentDeploymentAt, type JobState, registeredJob } from "../job-state.js";
import { hasAttemptLeft } from "./attempt-left.js";
import { promotesItself } from "./automatic-promotion.js";
import { judgeHealth } from "./judge-health.js";
import { groupProgress } from "./progress.js";
import { versionOf } from "./version-of.js";

/**
 * When time alone changes something next, in milliseconds since the epoch: `now` when it does already, nothing when it
 * never does. Between now and then a `tick` changes nothing.
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
    const isRolledOut = deploymentStateOf(deployment, allocation.group) !== undefined;
    next = Math.min(next, healthChangesAt(state, allocation, isRolledOut, now));
  }
  return next;
}

function healthChangesAt(state: JobState, allocation: Allocation, isRolledOut: boolean, now: number): number {
  const healthy = allocation.deploymentStatus?.healthy;
  const job = versionOf(state.versions, allocation);
  const group = job === undefined ? undefined : groupOf(job, allocation.group);
  if (group === undefined || healthy === false) return Number.POSITIVE_INFINITY;
  if (healthy === undefined && isRolledOut) {
    const judgement = judgeHealth(allocation, group, now);
    return judgement.kind === "undecided" ? (judgement.until ?? Number.POSITIVE_INFINITY) : now;
  }
  const hasFailed = allocation.clientStatus === "failed" && allocation.desiredStatus === "run";
  if (!hasFailed || allocation.nextAllocation !== undefined) return Number.POSITIVE_INFINITY;
  const isDecided = hasAttemptLeft(allocation, group, now)
    ? allocation.desiredTransition?.reschedule === true
    : !isRolledOut;
  return isDecided ? Number.POSITIVE_INFINITY : now;
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
