import { failTime, type IgnoreReason, isCanary, nextDelay, type PlaceReason } from "../model/index.js";
import { isPlaceReady } from "./budget.js";
import { isCanarying, isStable } from "./canaries.js";
import { positionsById, replacementThatHolds } from "./chain.js";
import type { Evaluation } from "./evaluation.js";
import {
  allocationAt,
  countMarked,
  end,
  explain,
  type GroupPicture,
  marksOf,
  mayBear,
  setMarks,
  stop,
  versionOf,
} from "./group-picture.js";
import {
  CANARY,
  DISCONNECTING,
  EXPLAINED,
  LOST,
  MIGRATE,
  NOT_WELL,
  NOW,
  REPLACED,
  SERVER_TERMINAL,
  UNKNOWN,
} from "./marks.js";
import { type NameHolds, nextNames } from "./names.js";
import type { PlacementDraft, VersionChoice } from "./placement-draft.js";
import { keptAliveGroup, versionToAdd, versionToReplaceBy } from "./version-to-keep-alive.js";

/** Rule 12: replaces what is due and what is lost, and places what is missing to the group's count. */
export function placeMissing(
  evaluation: Evaluation,
  picture: GroupPicture,
  holds: (withCanaries: boolean) => NameHolds,
): void {
  if (picture.waitsForClientUntil > 0) {
    noteWaitingForClient(picture);
    return;
  }
  const held = countHeld(picture);
  const rescheduled = replaceDue(evaluation, picture, held);
  const lost = replaceLost(evaluation, picture, held + rescheduled);
  const missing = Math.max(0, picture.count - held - rescheduled - lost);
  picture.planned += missing;

  const ready = isPlaceReady(evaluation, picture);
  const have = held + rescheduled + lost;
  if (ready) {
    if (missing > 0) placeNew(evaluation, picture, missing, have, picture.count, holds(true));
  } else if (isUnproven(evaluation, picture)) {
    keepAlive(evaluation, picture, have, holds);
  }
}

/** The current version under its usual reason. */
export function currentVersion(evaluation: Evaluation): VersionChoice {
  return {
    jobVersion: evaluation.job?.version ?? 0,
    jobCreateIndex: evaluation.job?.createIndex ?? 0,
    why: "current",
    joins: "active",
  };
}

/** Rule 12, version of a placement: what is not proven yet, or failed, replaces nothing but itself (D 45). */
function isUnproven(evaluation: Evaluation, picture: GroupPicture): boolean {
  return isCanarying(picture) || evaluation.isFailed;
}

/** What fills a place already: the untainted and the migrating, but not an unknown one that is replaced by now. */
function countHeld(picture: GroupPicture): number {
  if (!mayBear(picture, NOT_WELL)) return picture.marks.length;
  let positions: ReadonlyMap<string, number> | undefined;
  let held = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & MIGRATE) === 0 && !isStable(picture, marks)) continue;
    if ((marks & UNKNOWN) !== 0) {
      positions ??= positionsById(picture);
      const by = replacementThatHolds(picture, positions, i);
      if (by !== undefined) {
        if ((marks & EXPLAINED) === 0) explain(picture, i, { code: "unknown_and_replaced", by });
        continue;
      }
    }
    held++;
  }
  return held;
}

const UNKNOWN_AND_DUE: IgnoreReason = Object.freeze({ code: "unknown_and_due" });

/** Rules 12.1 and 12.2; answers how many of them count towards the group's count. */
function replaceDue(evaluation: Evaluation, picture: GroupPicture, held: number): number {
  if (countMarked(picture, NOW) === 0) return 0;
  const ready = isPlaceReady(evaluation, picture);
  const canarying = isCanarying(picture);
  const need = picture.count;
  let counted = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & NOW) === 0) continue;
    const hasItsPlace = (marks & MIGRATE) !== 0 || (canarying && (marks & CANARY) !== 0);
    if (!hasItsPlace) {
      const have = held + counted;
      if (have >= need) {
        if (actuallyFailed(marks)) stop(picture, i, { code: "surplus_failed", have, need });
        else if ((marks & UNKNOWN) !== 0) explain(picture, i, UNKNOWN_AND_DUE);
        continue;
      }
      counted++;
    }
    picture.planned++;
    if (!ready && isOfFailedDeployment(evaluation, picture, i)) {
      explain(picture, i, { code: "not_rescheduled_after_failure" });
      continue;
    }
    replace(evaluation, picture, i, rescheduleReason(picture, i));
    if (isStoppedWhenReplaced(marks, ready)) end(picture, i, { code: "rescheduled" });
    else if ((marks & UNKNOWN) !== 0) explain(picture, i, UNKNOWN_AND_DUE);
  }
  return counted;
}

/** Nobody runs it any more, or is to: it is not away, not moving, and the server has not stopped it. */
function actuallyFailed(marks: number): boolean {
  return (marks & (DISCONNECTING | MIGRATE | UNKNOWN | SERVER_TERMINAL)) === 0;
}

function isStoppedWhenReplaced(marks: number, ready: boolean): boolean {
  const staysAway = ready ? DISCONNECTING | MIGRATE | UNKNOWN : DISCONNECTING | MIGRATE;
  return (marks & staysAway) === 0;
}

function isOfFailedDeployment(evaluation: Evaluation, picture: GroupPicture, i: number): boolean {
  return evaluation.isFailed && allocationAt(picture, i).deploymentId === evaluation.current?.id;
}

function rescheduleReason(picture: GroupPicture, i: number): PlaceReason {
  const { reschedule } = allocationAt(picture, i);
  const policy = versionOf(picture, i).reschedule;
  return {
    code: "rescheduled",
    delay:
      policy === undefined ? 0 : nextDelay(policy, reschedule?.events, failTime(allocationAt(picture, i))),
    attempt: (reschedule?.events.length ?? 0) + 1,
  };
}

/** Rule 12.3; answers how many. */
function replaceLost(evaluation: Evaluation, picture: GroupPicture, have: number): number {
  if (!mayBear(picture, LOST)) return 0;
  let replaced = 0;
  for (let i = 0; i < picture.marks.length && have + replaced < picture.count; i++) {
    const marks = marksOf(picture, i);
    if ((marks & LOST) === 0) continue;
    replaced++;
    picture.planned++;
    replace(evaluation, picture, i, { code: "lost" });
  }
  return replaced;
}

/** Drafts the placement that takes over from an allocation, under its name. */
export function replace(evaluation: Evaluation, picture: GroupPicture, i: number, reason: PlaceReason): void {
  const marks = marksOf(picture, i);
  const canary = staysCanary(picture, i);
  setMarks(picture, i, marks | REPLACED);
  picture.placements.push({
    previous: i,
    reason,
    canary,
    nameIndex: picture.nameIndexes[i] ?? 0,
    nameRank: reason.code === "migrating" ? "migration" : "replacement",
    version:
      canary || !isUnproven(evaluation, picture)
        ? currentVersion(evaluation)
        : versionToReplaceBy(evaluation, picture, i),
  });
}

/** A replacement of a canary is a canary while the group is not promoted. */
function staysCanary(picture: GroupPicture, i: number): boolean {
  const isOne = (marksOf(picture, i) & CANARY) !== 0 || isCanary(allocationAt(picture, i));
  return isOne && !picture.state.promoted;
}

/** Rule 12.4. */
function placeNew(
  evaluation: Evaluation,
  picture: GroupPicture,
  missing: number,
  have: number,
  need: number,
  holds: NameHolds,
): void {
  const reason: PlaceReason = { code: "missing", have, need };
  const version = isUnproven(evaluation, picture)
    ? versionToAdd(evaluation, picture)
    : currentVersion(evaluation);
  if (version === undefined) {
    picture.withoutVersion += missing;
    return;
  }
  for (const nameIndex of nextNames(holds, picture.count, missing)) {
    const draft: PlacementDraft = {
      previous: -1,
      reason,
      canary: false,
      nameIndex,
      nameRank: "given",
      version,
    };
    picture.placements.push(draft);
  }
}

/** Rule 12, the exception: what is owed to the proven version is placed also while the new one is not (D 13). */
function keepAlive(
  evaluation: Evaluation,
  picture: GroupPicture,
  have: number,
  holds: (withCanaries: boolean) => NameHolds,
): void {
  const proven = keptAliveGroup(evaluation, picture);
  const need = proven === undefined ? picture.count : Math.min(picture.count, proven.count);
  if (have < need) placeNew(evaluation, picture, need - have, have, need, holds(!isCanarying(picture)));
}

function noteWaitingForClient(picture: GroupPicture): void {
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & NOW) !== 0 && (marks & MIGRATE) === 0) {
      explain(picture, i, { code: "waiting_for_client", until: picture.waitsForClientUntil });
    }
  }
}
