import { type Deployment, deploymentStateOf, type Job } from "../model/index.js";
import { allocationsOf, type Change } from "./change.js";
import { failDeployment } from "./fail-deployment.js";
import type { Said } from "./outcome.js";
import { failedBy } from "./record-health.js";
import { groupProgress } from "./rules/progress.js";
import { rollbackTarget } from "./rules/rollback-target.js";

/**
 * Judges every group by its own deadline (D 48), while the deployment runs. One that is done or only waits for its
 * promotion has none any more; one that waits for room and has nothing to go back to gets more time (D 43); any other
 * ends the deployment.
 */
export function judgeDeadlines(change: Change, at: number): Said {
  const deployment = change.draft.deployments[at];
  if (deployment === undefined || deployment.status !== "running") return {};
  const late: string[] = [];
  for (const group of Object.keys(deployment.groups)) {
    const state = deployment.groups[group];
    const by = state?.requireProgressBy;
    if (state === undefined || by === undefined || by > change.now || state.progressDeadline === 0) continue;
    if (groupProgress(deployment, group, allocationsOf(change)).kind !== "under_way") {
      delete state.requireProgressBy;
    } else if ((state.noRoom ?? 0) > 0 && hasNoWayBack(change.before.versions)) {
      state.requireProgressBy = change.now + state.progressDeadline;
    } else {
      late.push(group);
    }
  }
  if (late.length === 0) return {};
  const wantsRollback = late.some((group) => deploymentStateOf(deployment, group)?.autoRevert === true);
  return failedBy(failDeployment(change, at, "progress_deadline", wantsRollback));
}

function hasNoWayBack(versions: readonly Job[]): boolean {
  return rollbackTarget(versions).kind !== "version";
}

/** Gives a deadline again to every group that had none to keep, and is under way again. */
export function restartDeadlines(change: Change, at: number): void {
  const deployment = change.draft.deployments[at];
  if (deployment === undefined || deployment.status !== "running") return;
  for (const group of groupsToRestart(deployment, change)) {
    const state = deployment.groups[group];
    if (state !== undefined) state.requireProgressBy = change.now + state.progressDeadline;
  }
}

function groupsToRestart(deployment: Deployment, change: Change): string[] {
  return Object.keys(deployment.groups).filter((group) => {
    const state = deploymentStateOf(deployment, group);
    return (
      state !== undefined &&
      state.progressDeadline > 0 &&
      state.requireProgressBy === undefined &&
      groupProgress(deployment, group, allocationsOf(change)).kind === "under_way"
    );
  });
}

/** The deadlines of all groups begin anew: after a pause, a resume, a promotion. */
export function renewDeadlines(change: Change, at: number): void {
  const deployment = change.draft.deployments[at];
  if (deployment === undefined) return;
  for (const state of Object.values(deployment.groups)) {
    if (state.progressDeadline > 0) {
      state.requireProgressBy = Math.max(state.requireProgressBy ?? 0, change.now + state.progressDeadline);
    }
  }
}
