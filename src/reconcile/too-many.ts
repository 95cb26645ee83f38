import { isCanarying, isStable, wantsMoreCanaries } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import { end, type GroupPicture, marksOf, mayBear, stop } from "./group-picture.js";
import { CANARY, LOST, MIGRATE, NOT_WELL, SERVER_TERMINAL, STAYS_LOST, UNKNOWN } from "./marks.js";
import { namesOfCanaries } from "./names.js";
import { hasDestructive } from "./updates.js";
import { keptAliveGroup } from "./version-to-keep-alive.js";
import { forEachVictim } from "./victims.js";

/** Rule 8: lost allocations are stopped, and so is what lives beyond the group's count. */
export function stopSurplus(evaluation: Evaluation, picture: GroupPicture): void {
  const need = countToHold(evaluation, picture);
  const have = countHave(picture);
  let surplus = have - need;
  if (surplus <= 0) return;

  const canarying = isCanarying(picture);
  const stopWhile = (isVictim: (allocation: number, marks: number) => boolean): void => {
    if (surplus <= 0) return;
    forEachVictim(picture, (i) => {
      const marks = marksOf(picture, i);
      if (!isVictim(i, marks)) return false;
      stop(picture, i, { code: "surplus", have, need });
      surplus--;
      return surplus === 0;
    });
  };
  const isCandidate = (marks: number): boolean =>
    isStable(picture, marks) && (marks & (UNKNOWN | SERVER_TERMINAL)) === 0;

  if (!canarying && picture.canaries > 0) {
    const canaryNames = namesOfCanaries(picture);
    stopWhile(
      (i, marks) =>
        isCandidate(marks) && (marks & CANARY) === 0 && canaryNames.has(picture.nameIndexes[i] ?? -1),
    );
  }
  stopWhile((_, marks) => (marks & MIGRATE) !== 0);
  stopWhile((_, marks) => isCandidate(marks));
}

function countHave(picture: GroupPicture): number {
  if (!mayBear(picture, NOT_WELL)) return picture.marks.length;
  let have = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & MIGRATE) !== 0 || (isStable(picture, marks) && (marks & UNKNOWN) === 0)) have++;
  }
  return have;
}

/** The group's count; with the policy of D 14, not less than the proven version's until the new one is proven too. */
function countToHold(evaluation: Evaluation, picture: GroupPicture): number {
  if (evaluation.policy.holdCountUntilPromoted !== true) return picture.count;
  const holds =
    isCanarying(picture) ||
    wantsMoreCanaries(evaluation, picture, hasDestructive(evaluation, picture) ? 1 : 0);
  return holds ? Math.max(picture.count, keptAliveGroup(evaluation, picture)?.count ?? 0) : picture.count;
}

/** Rule 8, first: every lost allocation is stopped, but for one that an earlier evaluation stopped as lost (D 38). */
export function stopLost(picture: GroupPicture): void {
  if (!mayBear(picture, LOST)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    // Not by `stop`: it stays among the lost, to be replaced (rule 12.3).
    if ((marks & (LOST | STAYS_LOST)) === LOST) end(picture, i, { code: "lost" });
  }
}
