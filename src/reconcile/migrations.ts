import { positionsById, replacementThatHolds } from "./chain.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, end, type GroupPicture, marksOf, mayBear, stop } from "./group-picture.js";
import { MIGRATE, REPLACED, UNKNOWN } from "./marks.js";
import { replace } from "./placements.js";

/** Rule 14: what migrates is stopped and placed again under its name. */
export function migrate(evaluation: Evaluation, picture: GroupPicture): void {
  if (!mayBear(picture, MIGRATE)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & MIGRATE) === 0) continue;
    const placesAgain = (marks & REPLACED) === 0 && !isLeftToTheCaller(evaluation, picture, i);
    if (placesAgain) replace(evaluation, picture, i, { code: "migrating" });
    end(picture, i, { code: "migrating" });
  }
}

/** A batch allocation that somebody wants run again elsewhere, or not again: rule 5 or nobody places it. */
function isLeftToTheCaller(evaluation: Evaluation, picture: GroupPicture, i: number): boolean {
  const transition = allocationAt(picture, i).desiredTransition;
  return (
    evaluation.isBatch && (transition?.reschedule === true || transition?.disableMigrationPlacement === true)
  );
}

/** Rule 14, before anything is placed: one whose node is away and whose replacement is there has no place to keep. */
export function stopReplacedMigrations(picture: GroupPicture): void {
  if (!mayBear(picture, MIGRATE)) return;
  let positions: ReadonlyMap<string, number> | undefined;
  for (let i = 0; i < picture.marks.length; i++) {
    if ((marksOf(picture, i) & (MIGRATE | UNKNOWN)) !== (MIGRATE | UNKNOWN)) continue;
    positions ??= positionsById(picture);
    if (replacementThatHolds(picture, positions, i) !== undefined) stop(picture, i, { code: "migrating" });
  }
}
