import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf } from "./group-picture.js";
import { MIGRATE, REPLACED } from "./marks.js";
import { replace } from "./placements.js";

/** Rule 14: what migrates is stopped and placed again under its name. */
export function migrate(evaluation: Evaluation, picture: GroupPicture): void {
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & MIGRATE) === 0) continue;
    const placesAgain = (marks & REPLACED) === 0 && !isLeftToTheCaller(evaluation, picture, i);
    if (placesAgain && !replace(evaluation, picture, i, { code: "migrating" })) continue;
    picture.stopped[i] = { code: "migrating" };
  }
}

/** A batch allocation that somebody wants run again elsewhere, or not again: rule 5 or nobody places it. */
function isLeftToTheCaller(evaluation: Evaluation, picture: GroupPicture, i: number): boolean {
  const transition = allocationAt(picture, i).desiredTransition;
  return (
    evaluation.isBatch && (transition?.reschedule === true || transition?.disableMigrationPlacement === true)
  );
}
