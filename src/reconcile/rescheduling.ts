import {
  type Allocation,
  failTime,
  type IgnoreReason,
  isClientTerminal,
  isTerminal,
  lastUnknown,
  nextDelay,
  type ReschedulePolicy,
  ranSuccessfully,
  rescheduleAttempts,
  reschedules,
} from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import {
  allocationAt,
  explain,
  type GroupPicture,
  leaveOut,
  marksOf,
  mayBear,
  setMarks,
  versionOf,
  wakeNoLaterThan,
} from "./group-picture.js";
import { DISCONNECTING, FAILED, LATER, MIGRATE, NOW, ODD, SETS, UNKNOWN, UNTAINTED } from "./marks.js";
import { updateClassOf } from "./updates.js";

/** One that is due within this many milliseconds is due now. */
const SLACK = 1_000;

const REPLACED: IgnoreReason = Object.freeze({ code: "dropped", because: "replaced" });
const ENDED: IgnoreReason = Object.freeze({ code: "dropped", because: "ended" });
const NEW_VERSION: IgnoreReason = Object.freeze({ code: "dropped", because: "new_version" });
const WAITS_FOR_DEPLOYMENT: IgnoreReason = Object.freeze({ code: "waiting_for_deployment" });
const NO_POLICY: IgnoreReason = Object.freeze({ code: "no_reschedule_policy" });

/** Rule 5: of the untainted and the migrating, which are dropped, due now, due later, or never. */
export function rescheduleFailed(evaluation: Evaluation, picture: GroupPicture): void {
  // Nothing about the others asks for it.
  if (!mayBear(picture, ODD)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & ODD) === 0 || (marks & (UNTAINTED | MIGRATE)) === 0) continue;
    const allocation = allocationAt(picture, i);
    const fate = evaluation.isBatch ? batchFate(allocation) : serviceFate(allocation);
    if (fate === "candidate")
      decide(evaluation, picture, i, allocation.followUpEvaluationId === evaluation.id);
    else if (fate !== "stays" && (marks & UNTAINTED) !== 0) leaveOut(picture, i, fate);
  }
}

/** Rule 6: a disconnecting allocation is due as if it failed now, whatever its status. */
export function rescheduleDisconnecting(
  evaluation: Evaluation,
  picture: GroupPicture,
  allocation: number,
): void {
  decide(
    evaluation,
    picture,
    allocation,
    allocationAt(picture, allocation).followUpEvaluationId === evaluation.id,
  );
}

type Fate = "candidate" | "stays" | IgnoreReason;

/** One that the server stopped is history before it gets here (rule 3.1). */
function serviceFate(allocation: Allocation): Fate {
  if (allocation.nextAllocation !== undefined && isTerminal(allocation)) return REPLACED;
  const client = allocation.clientStatus;
  return client === "complete" || client === "lost" ? ENDED : "candidate";
}

function batchFate(allocation: Allocation): Fate {
  if (allocation.nextAllocation !== undefined && isTerminal(allocation)) return REPLACED;
  const transition = allocation.desiredTransition;
  if (transition?.disableMigrationPlacement === true) return "stays";
  if (transition?.reschedule === true) return "candidate";
  if (allocation.desiredStatus === "evict") return ENDED;
  if (allocation.desiredStatus === "stop") {
    if (ranSuccessfully(allocation)) return "stays";
    return foundNoRoom(allocation) ? "candidate" : ENDED;
  }
  return allocation.clientStatus === "failed" ? "candidate" : "stays";
}

function foundNoRoom(allocation: Allocation): boolean {
  return allocation.reschedule?.last === "no_placement";
}

/** Rules 5.1 to 5.5 for one candidate. */
function decide(evaluation: Evaluation, picture: GroupPicture, i: number, isItsFollowUp: boolean): void {
  const allocation = allocationAt(picture, i);
  const { current } = evaluation;
  if (
    current !== undefined &&
    evaluation.currentIsActive &&
    allocation.deploymentId === current.id &&
    allocation.desiredTransition?.reschedule !== true
  ) {
    if ((marksOf(picture, i) & (FAILED | UNKNOWN)) !== 0) explain(picture, i, WAITS_FOR_DEPLOYMENT); // 1
    return;
  }
  if (allocation.desiredTransition?.forceReschedule === true && isClientTerminal(allocation)) {
    dueNow(picture, i); // 2
    return;
  }
  const due = dueTime(evaluation, picture, i, isItsFollowUp);
  if (typeof due !== "number") {
    never(evaluation, picture, i, due);
  } else if (isItsFollowUp || due - evaluation.now <= SLACK) {
    dueNow(picture, i);
  } else {
    explain(picture, i, { code: "waiting_for_reschedule", at: due });
    wakeNoLaterThan(picture, due - SLACK);
    if (allocation.followUpEvaluationId === undefined) {
      setMarks(picture, i, marksOf(picture, i) | LATER);
      picture.wishes.reschedule.push({ at: due, allocation: i });
    }
  }
}

/** Being due takes an allocation out of the untainted; one that moves keeps moving. */
function dueNow(picture: GroupPicture, i: number): void {
  const marks = marksOf(picture, i);
  setMarks(picture, i, (marks & ~UNTAINTED) | NOW);
}

/** Rules 5.3 and 5.4: when it is due, or why never; nothing when it is not one to be rescheduled at all. */
function dueTime(
  evaluation: Evaluation,
  picture: GroupPicture,
  i: number,
  isItsFollowUp: boolean,
): number | IgnoreReason | undefined {
  const allocation = allocationAt(picture, i);
  const policy = versionOf(picture, i).reschedule;
  if (!reschedules(policy)) return NO_POLICY;

  const disconnecting = (marksOf(picture, i) & DISCONNECTING) !== 0;
  const timedOut = isItsFollowUp && allocation.clientStatus === "unknown";
  if (!disconnecting && !timedOut && !isReschedulable(evaluation, allocation)) return undefined;

  const since = disconnecting
    ? evaluation.now
    : timedOut
      ? (lastUnknown(allocation) ?? failTime(allocation))
      : failTime(allocation);
  const delay = nextDelay(policy, allocation.reschedule?.events, failTime(allocation));
  const refused = attemptsRefusal(allocation, policy, since, delay);
  if (refused !== undefined && disconnecting) wakeWhenAttemptsReturn(picture, allocation, policy, since);
  return refused ?? since + delay;
}

/** Rule 5.3: it failed or was lost, and the server did not stop it for good. */
function isReschedulable(evaluation: Evaluation, allocation: Allocation): boolean {
  if (allocation.desiredStatus === "stop" && !foundNoRoom(allocation)) return false;
  const client = allocation.clientStatus;
  return (
    client === "failed" ||
    client === "lost" ||
    (evaluation.isBatch && allocation.desiredTransition?.reschedule === true)
  );
}

/** Rule 5.4. */
function attemptsRefusal(
  allocation: Allocation,
  policy: ReschedulePolicy,
  since: number,
  delay: number,
): IgnoreReason | undefined {
  if (policy.unlimited === true) return undefined;
  const { left, attempts, used, interval } = rescheduleAttempts(policy, allocation.reschedule, since, delay);
  return left ? undefined : { code: "no_attempt_left", attempts, used, interval };
}

/** Measured back from now, an attempt leaves the interval as time passes. */
function wakeWhenAttemptsReturn(
  picture: GroupPicture,
  allocation: Allocation,
  policy: ReschedulePolicy,
  now: number,
): void {
  const interval = policy.interval ?? 0;
  for (const { at } of allocation.reschedule?.events ?? []) {
    if (at + interval > now) wakeNoLaterThan(picture, at + interval);
  }
}

/** It stays as it is; but an older service allocation that failed for good is a new try for a new version (D 44). */
function never(
  evaluation: Evaluation,
  picture: GroupPicture,
  i: number,
  reason: IgnoreReason | undefined,
): void {
  const marks = marksOf(picture, i);
  if (
    !evaluation.isBatch &&
    (marks & FAILED) !== 0 &&
    (marks & (UNTAINTED | DISCONNECTING)) === UNTAINTED &&
    versionOf(picture, i).isOlder &&
    updateClassOf(evaluation, picture, i).kind === "in_place"
  ) {
    leaveOut(picture, i, NEW_VERSION);
  } else if (
    reason !== undefined &&
    (marks & SETS) !== 0 &&
    (marks & (FAILED | UNKNOWN | DISCONNECTING)) !== 0
  ) {
    explain(picture, i, reason);
  }
}
