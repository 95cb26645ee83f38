import {
  type Allocation,
  expiresAt,
  firstLost,
  type IgnoreReason,
  isCanary,
  isTerminal,
  type Node,
  type StoppedCode,
} from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import {
  allocationAt,
  type GroupPicture,
  leaveOut,
  marksOf,
  mayBear,
  setMarks,
  versionOf,
  wakeNoLaterThan,
} from "./group-picture.js";
import {
  CLIENT_TERMINAL,
  DISCONNECTING,
  EXPIRING,
  IN_SCOPE,
  LOST,
  MIGRATE,
  ODD,
  RECONNECTING,
  SERVER_TERMINAL,
  STAYS_LOST,
  UNTAINTED,
} from "./marks.js";
import { isLostAndStopped, type NodeClass, nodeClass } from "./node-class.js";
import type { GroupVersion } from "./versions.js";

/** The set that each class of rule 4 is; `ignore` is in none. */
const SET_OF: Record<NodeClass, number> = {
  untainted: UNTAINTED,
  migrate: MIGRATE,
  lost: LOST,
  ignore: 0,
  expiring: EXPIRING,
  disconnecting: DISCONNECTING,
  reconnecting: RECONNECTING,
};

const REASONS: Record<StoppedCode, IgnoreReason> = {
  history: Object.freeze({ code: "history" }),
  stopped_before: Object.freeze({ code: "stopped_before" }),
  stopped_before_removal: Object.freeze({ code: "stopped_before_removal" }),
  ended_as_older_version: Object.freeze({ code: "ended_as_older_version" }),
};

/** Rules 3.1, 3.4 and 4: leaves out what does not count, and puts the rest into the set of its class. */
export function classify(evaluation: Evaluation, picture: GroupPicture): void {
  const { taintedNodes, now } = evaluation;
  const allNodesAreWell = taintedNodes.size === 0;
  // Those that are as they should be say so themselves.
  if (allNodesAreWell && !mayBear(picture, ODD)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const own = marksOf(picture, i);
    const node = allNodesAreWell ? undefined : taintedNodes.get(allocationAt(picture, i).nodeId);
    if (node === undefined && (own & ODD) === 0) continue;
    const marks = own & ~(UNTAINTED | IN_SCOPE);
    const allocation = allocationAt(picture, i);
    const version = versionOf(picture, i);
    wakeAtExpiry(evaluation, picture, i);
    if (isWaitedFor(allocation, version)) {
      setMarks(picture, i, marks | LOST | STAYS_LOST | IN_SCOPE);
      continue;
    }
    const outside = outsideCode(evaluation, allocation, version.isOlder);
    if (outside !== undefined) {
      leaveOut(picture, i, stoppedReason(allocation, node, outside));
    } else {
      const set = SET_OF[nodeClass(allocation, node, version, now)];
      setMarks(picture, i, marks | set | IN_SCOPE);
      if (set === 0) leaveOut(picture, i, stoppedReason(allocation, node, "stopped_before"));
    }
  }
}

/** An unknown allocation is of another class once it expires, whatever it is of now. */
function wakeAtExpiry({ now }: Evaluation, picture: GroupPicture, i: number): void {
  const at = expiresAt(allocationAt(picture, i), versionOf(picture, i).lostAfter);
  if (at !== undefined && at > now) wakeNoLaterThan(picture, at);
}

/** Rules 3.1 and 3.4: why an allocation does not count at all, if so. */
function outsideCode(
  { isBatch }: Evaluation,
  allocation: Allocation,
  isOlder: boolean,
): StoppedCode | undefined {
  const isStopped = allocation.desiredStatus !== "run";
  if (isStopped && (!isBatch || allocation.desiredTransition?.reschedule === true)) return "history";
  return isBatch && isOlder && isTerminal(allocation) ? "ended_as_older_version" : undefined;
}

/** Rule 4, at its end: one that is lost as well is marked so, whatever else. */
function stoppedReason(allocation: Allocation, node: Node | undefined, code: StoppedCode): IgnoreReason {
  return isLostAndStopped(allocation, node) ? { code: "lost_and_stopped", besides: code } : REASONS[code];
}

/** Rule 6, D 38: stopped as lost by an earlier evaluation, and to be replaced once its own node has stopped it. */
function isWaitedFor(allocation: Allocation, version: GroupVersion): boolean {
  return (
    allocation.desiredStatus !== "run" &&
    allocation.clientStatus === "lost" &&
    (version.disconnect?.stopOnClientAfter ?? 0) > 0 &&
    allocation.followUpEvaluationId !== undefined &&
    allocation.nextAllocation === undefined &&
    !isCanary(allocation) &&
    firstLost(allocation) !== undefined
  );
}

/** Rules 2 and 3.2: the group wants nothing, so everything that the server has not stopped yet is stopped. */
export function stopEverything(
  evaluation: Evaluation,
  picture: GroupPicture,
  stopOne: (allocation: number, lost: boolean) => void,
): void {
  const clientTerminalToo = !evaluation.isStopped;
  const allNodesAreWell = evaluation.taintedNodes.size === 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if (allNodesAreWell && (marks & ODD) === 0) {
      stopOne(i, false);
      continue;
    }
    const allocation = allocationAt(picture, i);
    const node = evaluation.taintedNodes.get(allocation.nodeId);
    wakeAtExpiry(evaluation, picture, i);
    if ((marks & SERVER_TERMINAL) !== 0) {
      leaveOut(picture, i, stoppedReason(allocation, node, codeWhenRemoved(evaluation, allocation)));
    } else if (!clientTerminalToo && (marks & CLIENT_TERMINAL) !== 0) leaveOut(picture, i, REASONS.history);
    else stopOne(i, nodeClass(allocation, node, versionOf(picture, i), evaluation.now) === "lost");
  }
}

/** In a batch job those that the server stopped stay in the picture (rule 3.1), so that their group's removal is theirs too. */
function codeWhenRemoved(evaluation: Evaluation, allocation: Allocation): StoppedCode {
  const isKnownOf =
    evaluation.isBatch && !evaluation.isStopped && allocation.desiredTransition?.reschedule !== true;
  return isKnownOf ? "stopped_before_removal" : "history";
}
