import { UPDATE_DEFAULTS } from "../model/index.js";
import { isCanarying, isStable } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import { type GroupPicture, marksOf } from "./group-picture.js";
import { HEALTHY, OF_CURRENT, UNHEALTHY } from "./marks.js";

/** Rule 11: how many allocations may be replaced for an update in this plan. */
export function setBudget(evaluation: Evaluation, picture: GroupPicture): void {
  const { update } = picture;
  const { current } = evaluation;
  if (update === undefined) {
    picture.budget = picture.count;
    return;
  }
  const maxParallel = update.maxParallel ?? UPDATE_DEFAULTS.maxParallel;
  if (current === undefined) {
    picture.budget = maxParallel;
    return;
  }
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & OF_CURRENT) === 0 || !isStable(picture, marks)) continue;
    if ((marks & UNHEALTHY) !== 0) picture.unhealthy++;
    else if ((marks & HEALTHY) === 0) picture.undecided++;
  }
  const mayChange = isPlaceReady(evaluation, picture) && picture.unhealthy === 0;
  picture.budget = mayChange ? Math.max(0, maxParallel - picture.undecided) : 0;
}

/** Rule 12: nothing holds the group back: it is neither paused nor failed nor canarying. */
export function isPlaceReady(evaluation: Evaluation, picture: GroupPicture): boolean {
  return !evaluation.isPaused && !evaluation.isFailed && !isCanarying(picture);
}
