import { deploymentStateOf, isActive, isClientTerminal } from "../model/index.js";
import { allocationsOf, type Change, changeAllocation, changeGroups, deploymentsOf } from "./change.js";
import { failDeployment } from "./fail-deployment.js";
import type { Rollback, Said } from "./outcome.js";
import { withChanges } from "./plain.js";
import { hasAttemptLeft } from "./rules/attempt-left.js";
import { decideHealth } from "./rules/health-decision.js";
import { ownGroup } from "./rules/version-of.js";

/** The health of the allocation at that position is decided. */
export interface DecidedHealth {
  readonly at: number;
  readonly healthy: boolean;
}

interface Tally {
  healthy: number;
  unhealthy: number;
  isProgress: boolean;
}

/** Writes decisions down: on the allocations, in the counters, and in the deadlines of their groups. */
export function recordHealth(
  change: Change,
  deploymentAt: number,
  decisions: readonly DecidedHealth[],
): void {
  const tallies = new Map<string, Tally>();
  for (const { at, healthy } of decisions) {
    const allocation = allocationsOf(change)[at];
    if (allocation === undefined) continue;
    const was = allocation.deploymentStatus?.healthy;
    if (was === healthy) continue;
    changeAllocation(change, at, {
      deploymentStatus: withChanges(allocation.deploymentStatus ?? {}, { healthy, timestamp: change.now }),
      // When it ended is when it failed, where no task says so (`failTime`).
      modifiedAt: isClientTerminal(allocation) ? allocation.modifiedAt : change.now,
    });
    const tally = tallies.get(allocation.group) ?? { healthy: 0, unhealthy: 0, isProgress: false };
    tallies.set(allocation.group, tally);
    if (was === true) tally.healthy--;
    else if (was === false) tally.unhealthy--;
    if (healthy) tally.healthy++;
    else tally.unhealthy++;
    tally.isProgress ||= healthy;
  }
  count(change, deploymentAt, tallies);
}

function count(change: Change, deploymentAt: number, tallies: ReadonlyMap<string, Tally>): void {
  const deployment = deploymentsOf(change)[deploymentAt];
  changeGroups(
    change,
    deploymentAt,
    [...tallies].flatMap(([group, { healthy, unhealthy, isProgress }]) => {
      const state = deploymentStateOf(deployment, group);
      if (state === undefined) return [];
      const by = Math.max(state.requireProgressBy ?? 0, change.now + state.progressDeadline);
      return [
        [
          group,
          {
            healthyAllocs: state.healthyAllocs + healthy,
            unhealthyAllocs: state.unhealthyAllocs + unhealthy,
            ...(isProgress && state.progressDeadline > 0 ? { requireProgressBy: by } : {}),
          },
        ],
      ];
    }),
  );
}

/**
 * Judges these allocations of an active deployment, and draws the consequences: the undecided by their tasks, checks
 * and the time; a healthy one that failed may be rescheduled, and is unhealthy when no attempt is left.
 */
export function judge(change: Change, deploymentAt: number, positions: Iterable<number>): Said {
  const deployment = change.before.deployments[deploymentAt];
  if (deployment === undefined || !isActive(deployment)) return {};
  const decisions: DecidedHealth[] = [];
  const unhealthy: number[] = [];
  let isNews = false;
  for (const at of positions) {
    const allocation = allocationsOf(change)[at];
    if (allocation?.deploymentId !== deployment.id) continue;
    const group = ownGroup(change.before.versions, allocation);
    if (group === undefined) continue;
    const isRolledOut = deploymentStateOf(deployment, allocation.group) !== undefined;
    const decision = decideHealth(allocation, group, isRolledOut, change.now);
    if (decision.kind === "nothing") continue;
    isNews = true;
    if (decision.kind === "may_be_rescheduled") allowReschedule(change, at);
    else decisions.push({ at, healthy: decision.healthy });
    if (decision.kind === "decided" && !decision.healthy) unhealthy.push(at);
  }
  if (!isNews) return {};
  recordHealth(change, deploymentAt, decisions);
  return { evaluate: { because: "health_decided" }, ...afterUnhealthy(change, deploymentAt, unhealthy) };
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
      hasAttemptLeft(allocation, ownGroup(change.before.versions, allocation), change.now);
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
  changeAllocation(change, at, { desiredTransition: { ...allocation.desiredTransition, reschedule: true } });
}
