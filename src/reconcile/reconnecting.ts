import type { Allocation } from "../model/index.js";
import { followChain, positionsById } from "./chain.js";
import {
  allocationAt,
  countMarked,
  type GroupPicture,
  marksOf,
  setMarks,
  stop,
  versionOf,
} from "./group-picture.js";
import { IN_SCOPE, RECONNECTED, RECONNECTING, SERVER_TERMINAL, STOPPED, UNTAINTED } from "./marks.js";
import { keepsOriginal } from "./pick-original-or-replacement.js";

/** Rule 6, first part: whose node came back, and who stays where there is a replacement by now. */
export function reconnect(picture: GroupPicture): void {
  if (countMarked(picture, RECONNECTING) === 0) return;
  const positions = positionsById(picture);
  for (let i = 0; i < picture.marks.length; i++) {
    if ((marksOf(picture, i) & RECONNECTING) !== 0) settle(picture, positions, i);
  }
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & RECONNECTING) === 0) continue;
    const isBack = allocationAt(picture, i).clientStatus === "running" ? RECONNECTED : 0;
    setMarks(picture, i, (marks & ~RECONNECTING) | UNTAINTED | isBack);
  }
}

function settle(picture: GroupPicture, positions: ReadonlyMap<string, number>, i: number): void {
  const original = allocationAt(picture, i);
  if (original.clientStatus === "failed" && original.desiredStatus === "run") {
    stop(picture, i, { code: "failed_while_away" });
  } else if (isUnwanted(original) || versionOf(picture, i).isOlder) {
    stop(picture, i, { code: "reconnected_unwanted" });
  } else {
    compareWithReplacements(picture, positions, i);
  }
}

function isUnwanted({ desiredStatus, desiredTransition }: Allocation): boolean {
  return (
    desiredStatus !== "run" ||
    desiredTransition?.migrate === true ||
    desiredTransition?.reschedule === true ||
    desiredTransition?.forceReschedule === true
  );
}

/** Each replacement on its own: the original may lose to one while another still loses to it. */
function compareWithReplacements(
  picture: GroupPicture,
  positions: ReadonlyMap<string, number>,
  i: number,
): void {
  const pick = picture.group?.disconnect?.reconcile ?? "best_score";
  const original = { allocation: allocationAt(picture, i), group: versionOf(picture, i).group };
  let keptInstead: string | undefined;
  followChain(picture, positions, i, (at) => {
    const marks = marksOf(picture, at);
    // What section 3 removed ends the chain.
    if ((marks & IN_SCOPE) === 0) return true;
    if ((marks & (SERVER_TERMINAL | STOPPED)) !== 0) return false;
    const replacement = { allocation: allocationAt(picture, at), group: versionOf(picture, at).group };
    if (keepsOriginal(pick, original, replacement)) {
      stop(picture, at, { code: "original_kept", original: original.allocation.id, by: pick });
    } else {
      keptInstead ??= replacement.allocation.id;
    }
    return false;
  });
  if (keptInstead !== undefined) {
    stop(picture, i, { code: "replacement_kept", replacement: keptInstead, by: pick });
  }
}
