import { isPlaceReady } from "./budget.js";
import { isStable } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import { type GroupPicture, marksOf, setMarks, stop } from "./group-picture.js";
import { DESTRUCTIVE, MIGRATE, REPLACED, UNKNOWN } from "./marks.js";

/** Rule 13: which of those that must be replaced are replaced in this plan. */
export function replaceDestructive(evaluation: Evaluation, picture: GroupPicture): void {
  if (picture.destructive === 0 || !isPlaceReady(evaluation, picture)) return;
  let left = picture.budget;
  let live = countLiveAfter(picture);
  const need = picture.count;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & DESTRUCTIVE) === 0 || !isStable(picture, marks)) continue;
    const isAway = (marks & UNKNOWN) !== 0;
    if (isAway && live >= need) {
      stop(picture, i, { code: "surplus_unknown", have: live, need });
    } else if (left > 0) {
      left--;
      if (isAway) live++;
      setMarks(picture, i, marks | REPLACED);
      picture.replacements.push({
        allocation: i,
        nameIndex: picture.nameIndexes[i] ?? 0,
        nameRank: "replacement",
      });
    }
  }
}

/** What lives after this plan, whether as it is or by its replacement; who is away is not counted. */
function countLiveAfter(picture: GroupPicture): number {
  let live = 0;
  for (const { previous } of picture.placements) {
    if (previous < 0 || (marksOf(picture, previous) & MIGRATE) === 0) live++;
  }
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    // One that migrates lives on as its replacement, wherever it is itself.
    if ((marks & MIGRATE) !== 0 || (isStable(picture, marks) && (marks & UNKNOWN) === 0)) live++;
  }
  return live;
}
