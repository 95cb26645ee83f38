import { type IgnoreReason, type StopReason, wantsPromotion } from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import {
  allocationAt,
  countMarked,
  type GroupPicture,
  leaveOut,
  marksOf,
  setMarks,
  stop,
} from "./group-picture.js";
import { CANARY, EXPIRING, IN_SCOPE, LOST, MIGRATE, SETS, STAYS_LOST, UNTAINTED } from "./marks.js";

const HISTORY: IgnoreReason = Object.freeze({ code: "history" });

/** Rule 3.5: canaries of deployments that are over, and of a failed one, are stopped and forgotten. */
export function cancelCanaries(evaluation: Evaluation, picture: GroupPicture): void {
  const { cancelledCanaries } = evaluation;
  if (cancelledCanaries.size === 0) return;
  for (let i = 0; i < picture.marks.length; i++) {
    if (!isInPicture(picture, i)) continue;
    const deployment = cancelledCanaries.get(allocationAt(picture, i).id);
    if (deployment === undefined) continue;
    // One that was stopped as lost is not stopped again (D 38).
    if ((marksOf(picture, i) & STAYS_LOST) !== 0) leaveOut(picture, i, HISTORY);
    else forget(picture, i, { code: "canary_cancelled", deploymentId: deployment.id });
  }
}

/** Rule 3.6: which allocations are this evaluation's canaries; until promotion, lost and moving ones are stopped and forgotten. */
export function findCanaries(picture: GroupPicture): void {
  const { placedCanaries, promoted } = picture.state;
  if (placedCanaries.length === 0) return;
  const ids = new Set(placedCanaries);
  for (let i = 0; i < picture.marks.length; i++) {
    if (!isInPicture(picture, i) || !ids.has(allocationAt(picture, i).id)) continue;
    const marks = marksOf(picture, i);
    if ((marks & (MIGRATE | LOST | EXPIRING)) === 0) setMarks(picture, i, marks | CANARY);
    else if (promoted) continue;
    else if ((marks & MIGRATE) !== 0) forget(picture, i, { code: "migrating", forgotten: true });
    else forget(picture, i, { code: "lost", forgotten: true });
  }
}

/** Stops a canary for which a new one is placed, or none: nothing else looks at it any more. */
function forget(picture: GroupPicture, allocation: number, reason: StopReason): void {
  stop(picture, allocation, reason);
  setMarks(picture, allocation, marksOf(picture, allocation) & ~IN_SCOPE);
}

function isInPicture(picture: GroupPicture, allocation: number): boolean {
  return (marksOf(picture, allocation) & SETS) !== 0;
}

/** The group state asks for canaries that nobody promoted yet. */
export function isCanarying(picture: GroupPicture): boolean {
  return wantsPromotion(picture.state);
}

/** The untainted allocations of the rules from section 9 on: while canarying, without the canaries. */
export function isStable(picture: GroupPicture, marks: number): boolean {
  return (marks & UNTAINTED) !== 0 && ((marks & CANARY) === 0 || !isCanarying(picture));
}

/** Rule 10: whether the group is short of canaries. */
export function wantsMoreCanaries(
  evaluation: Evaluation,
  picture: GroupPicture,
  destructive: number,
): boolean {
  const { update } = picture;
  return (
    update !== undefined &&
    (destructive > 0 || isCanarying(picture)) &&
    picture.canaries < (update.canary ?? 0) &&
    !picture.state.promoted &&
    (evaluation.current === undefined || evaluation.currentIsActive) &&
    (picture.stateExists || !isProven(evaluation, picture.name)) &&
    !isUngatedRollback(evaluation, picture)
  );
}

/** A deployment of this very version that has the group has succeeded (D 43). */
export function isProven(evaluation: Evaluation, group: string): boolean {
  const { job, deployments } = evaluation;
  return deployments.some(
    (deployment) =>
      deployment.status === "successful" &&
      deployment.jobVersion === job?.version &&
      deployment.jobCreateIndex === job.createIndex &&
      Object.hasOwn(deployment.groups, group),
  );
}

function isUngatedRollback(evaluation: Evaluation, picture: GroupPicture): boolean {
  return evaluation.job?.rollbackOf !== undefined && picture.update?.rollback !== "gated";
}

/** How many canaries are left: those that section 5 dropped or a stop took are none any more. */
export function countCanaries(picture: GroupPicture): number {
  return countMarked(picture, CANARY);
}
