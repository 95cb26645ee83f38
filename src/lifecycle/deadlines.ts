import {
  type Deployment,
  type DeploymentState,
  deploymentStateOf,
  isTerminal,
  type Job,
  wantsPromotion,
} from "../model/index.js";
import { allocationsOf, type Change, changeGroups, deploymentsOf } from "./change.js";
import { failDeployment } from "./fail-deployment.js";
import type { Said } from "./outcome.js";
import type { Changes } from "./plain.js";
import { failedBy } from "./record-health.js";
import { progressOf } from "./rules/progress.js";
import { rollbackTarget } from "./rules/rollback-target.js";

/**
 * Judges every group by its own deadline (D 48), while the deployment runs. One that is done or only waits for its
 * promotion has none any more; one that waits for room and has nothing to go back to gets more time (D 43); any other
 * ends the deployment.
 */
export function judgeDeadlines(change: Change, at: number): Said {
  const { now, before } = change;
  const deployment = runningAt(change, at);
  if (deployment === undefined) return {};
  const due = timedGroups(deployment).filter(
    ([, { requireProgressBy: by }]) => by !== undefined && by <= now,
  );
  if (due.length === 0) return {};
  const names = due.map(([group]) => group);
  const progress = progressOf(deployment, names, allocationsOf(change));
  const fallen = fallenBehind(change, at, names);
  const late: DeploymentState[] = [];
  const changes: [string, Changes<DeploymentState>][] = [];
  for (const [group, state] of due) {
    if (progress.get(group)?.kind !== "under_way") changes.push([group, { requireProgressBy: undefined }]);
    else if ((state.noRoom ?? 0) > 0 && hasNoWayBack(before.versions))
      changes.push([group, movedOn(state, now)]);
    else if (!fallen.has(group)) late.push(state);
  }
  changeGroups(change, at, changes);
  if (late.length === 0) return {};
  return failedBy(
    failDeployment(
      change,
      at,
      "progress_deadline",
      late.some(({ autoRevert }) => autoRevert),
    ),
  );
}

/** As often as it takes: the tick may come late. */
function movedOn(
  { requireProgressBy = 0, progressDeadline }: DeploymentState,
  now: number,
): Changes<DeploymentState> {
  const times = 1 + Math.floor((now - requireProgressBy) / progressDeadline);
  return { requireProgressBy: requireProgressBy + times * progressDeadline };
}

function hasNoWayBack(versions: readonly Job[]): boolean {
  return rollbackTarget(versions).kind !== "version";
}

/** Gives a deadline again to every group that had none to keep, and is under way again. */
export function restartDeadlines(change: Change, at: number): void {
  const deployment = runningAt(change, at);
  if (deployment === undefined) return;
  const groups = timedGroups(deployment);
  const fallen = fallenBehind(
    change,
    at,
    groups.map(([group]) => group),
  );
  const without = groups.filter(
    ([group, { requireProgressBy }]) => requireProgressBy === undefined || fallen.has(group),
  );
  if (without.length === 0) return;
  const progress = progressOf(
    deployment,
    without.map(([group]) => group),
    allocationsOf(change),
  );
  const underWay = without.filter(([group]) => progress.get(group)?.kind === "under_way");
  changeGroups(
    change,
    at,
    underWay.map(([group, state]) => [group, anew(state, change.now)]),
  );
}

/** The deadlines of all groups begin anew: after a pause, a resume, a promotion. */
export function renewDeadlines(change: Change, at: number): void {
  const deployment = deploymentsOf(change)[at];
  if (deployment === undefined) return;
  changeGroups(
    change,
    at,
    timedGroups(deployment).map(([group, state]) => [group, anew(state, change.now)]),
  );
}

function anew({ progressDeadline }: DeploymentState, now: number): Changes<DeploymentState> {
  return { requireProgressBy: now + progressDeadline };
}

function runningAt(change: Change, at: number): Deployment | undefined {
  const deployment = deploymentsOf(change)[at];
  return deployment?.status === "running" ? deployment : undefined;
}

/** Those that have a progress deadline at all. */
function timedGroups({ groups }: Deployment): [string, DeploymentState][] {
  return Object.entries(groups).filter(([, { progressDeadline }]) => progressDeadline > 0);
}

/** Those of the groups that only waited for their promotion until this event, which cost them a healthy canary. */
function fallenBehind(change: Change, at: number, groups: readonly string[]): ReadonlySet<string> {
  const was = change.before.deployments[at];
  const gated = groups.filter((group) => {
    const state = deploymentStateOf(was, group);
    return state !== undefined && wantsPromotion(state);
  });
  if (was === undefined || gated.length === 0 || !losesHealth(change)) return new Set();
  const before = progressOf(was, gated, change.before.allocations);
  return new Set(gated.filter((group) => before.get(group)?.kind === "waits_for_promotion"));
}

/** Whether some allocation was live and healthy, and is not any more. */
function losesHealth({ before, ownAllocations }: Change): boolean {
  if (ownAllocations === undefined) return false;
  return before.allocations.some((was, at) => {
    const is = ownAllocations[at];
    if (was === is || was.deploymentStatus?.healthy !== true || isTerminal(was)) return false;
    return is === undefined || is.deploymentStatus?.healthy !== true || isTerminal(is);
  });
}
