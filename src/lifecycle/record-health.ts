import { type Allocation, deploymentStateOf, groupOf, isActive } from "../model/index.js";
import { allocationsOf, type Change, setAllocation } from "./change.js";
import { failDeployment } from "./fail-deployment.js";
import type { Rollback, Said } from "./outcome.js";
import { hasAttemptLeft } from "./rules/attempt-left.js";
import { judgeHealth } from "./rules/judge-health.js";
import { versionOf } from "./rules/version-of.js";

/** The health of the allocation at that position is decided. */
export interface HealthDecision {
  readonly at: number;
  readonly healthy: boolean;
}

/** Writes decisions down: on the allocations, in the counters, and in the deadlines of their groups. */
export function recordHealth(
  change: Change,
  deploymentAt: number,
  decisions: readonly HealthDecision[],
): void {
  const { draft, now } = change;
  const deployment = draft.deployments[deploymentAt];
  if (deployment === undefined) return;
  for (const { at, healthy } of decisions) {
    const allocation = allocationsOf(change)[at];
    if (allocation === undefined) continue;
    const was = allocation.deploymentStatus?.healthy;
    if (was === healthy) continue;
    setAllocation(change, at, {
      ...allocation,
      deploymentStatus: { ...allocation.deploymentStatus, healthy, timestamp: now },
      modifiedAt: now,
    });
    const state = Object.hasOwn(deployment.groups, allocation.group)
      ? deployment.groups[allocation.group]
      : undefined;
    if (state === undefined) continue;
    if (was === true) state.healthyAllocs--;
    else if (was === false) state.unhealthyAllocs--;
    if (healthy) state.healthyAllocs++;
    else state.unhealthyAllocs++;
    if (healthy && state.progressDeadline > 0) {
      state.requireProgressBy = Math.max(state.requireProgressBy ?? 0, now + state.progressDeadline);
    }
  }
}

/**
 * Judges these allocations of an active deployment, and draws the consequences: the undecided by their tasks, checks
 * and the time; a healthy one that failed may be rescheduled, and is unhealthy when no attempt is left.
 */
export function judge(change: Change, deploymentAt: number, positions: Iterable<number>): Said {
  const deployment = change.before.deployments[deploymentAt];
  if (deployment === undefined || !isActive(deployment)) return {};
  const decisions: HealthDecision[] = [];
  const unhealthy: number[] = [];
  let isNews = false;
  for (const at of positions) {
    const allocation = allocationsOf(change)[at];
    if (allocation?.deploymentId !== deployment.id) continue;
    // One whose group has no update strategy bears the deployment's id too, but says nothing of it.
    const isRolledOut = deploymentStateOf(deployment, allocation.group) !== undefined;
    const decision = decide(change, allocation, isRolledOut);
    if (decision === undefined) continue;
    isNews = true;
    if (decision === "may_be_rescheduled") allowReschedule(change, at);
    else decisions.push({ at, healthy: decision });
    if (decision === false) unhealthy.push(at);
  }
  if (!isNews) return {};
  recordHealth(change, deploymentAt, decisions);
  return { evaluate: { because: "health_decided" }, ...afterUnhealthy(change, deploymentAt, unhealthy) };
}

/** What is decided of it now: healthy or not, or that it may be rescheduled; nothing when nothing is new. */
function decide(
  change: Change,
  allocation: Allocation,
  isRolledOut: boolean,
): boolean | "may_be_rescheduled" | undefined {
  const group = groupIn(change, allocation);
  if (group === undefined) return undefined;
  const healthy = allocation.deploymentStatus?.healthy;
  if (healthy === undefined && isRolledOut) {
    const { kind } = judgeHealth(allocation, group, change.now);
    return kind === "undecided" ? undefined : kind === "healthy";
  }
  const hasFailed = allocation.clientStatus === "failed" && allocation.desiredStatus === "run";
  if (healthy === false || !hasFailed || allocation.nextAllocation !== undefined) return undefined;
  if (!hasAttemptLeft(allocation, group, change.now)) return isRolledOut ? false : undefined;
  return allocation.desiredTransition?.reschedule === true ? undefined : "may_be_rescheduled";
}

/** One that is unhealthy ends the deployment where no deadline and no further attempt would; else it may be rescheduled. */
function afterUnhealthy(change: Change, deploymentAt: number, positions: readonly number[]): Said {
  const deployment = change.before.deployments[deploymentAt];
  let isFatal = false;
  let wantsRollback = false;
  for (const at of positions) {
    const allocation = allocationsOf(change)[at];
    if (allocation === undefined) continue;
    const state = deploymentStateOf(deployment, allocation.group);
    const mayWait =
      (state?.progressDeadline ?? 0) > 0 &&
      hasAttemptLeft(allocation, groupIn(change, allocation), change.now);
    if (mayWait) {
      allowReschedule(change, at);
    } else {
      isFatal = true;
      wantsRollback ||= state?.autoRevert === true;
    }
  }
  if (!isFatal) return {};
  return failedBy(failDeployment(change, deploymentAt, "unhealthy", wantsRollback));
}

/** What a failed deployment says. */
export function failedBy(rollback: Rollback | undefined): Said {
  return { evaluate: { because: "deployment_failed" }, ...(rollback === undefined ? {} : { rollback }) };
}

function allowReschedule(change: Change, at: number): void {
  const allocation = allocationsOf(change)[at];
  if (allocation === undefined || allocation.desiredTransition?.reschedule === true) return;
  setAllocation(change, at, {
    ...allocation,
    desiredTransition: { ...allocation.desiredTransition, reschedule: true },
  });
}

function groupIn(change: Change, allocation: Allocation): ReturnType<typeof groupOf> {
  const job = versionOf(change.before.versions, allocation);
  return job === undefined ? undefined : groupOf(job, allocation.group);
}
