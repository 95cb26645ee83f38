import { isProven } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, countMarked, type GroupPicture, marksOf } from "./group-picture.js";
import {
  CLIENT_TERMINAL,
  DESTRUCTIVE,
  ENDS,
  FAILED,
  HEALTHY,
  IN_PLACE,
  IN_SCOPE,
  LATER,
  MIGRATE,
  NOW,
  OF_CURRENT,
  UNTAINTED,
} from "./marks.js";

/** Rule 15, first half: whether the group needs a state in a deployment that it does not have yet. */
export function needDeployment(evaluation: Evaluation, picture: GroupPicture): void {
  if (picture.stateExists) return;
  const changes = countMarked(picture, DESTRUCTIVE | IN_PLACE) > 0;
  picture.stateIsNew =
    picture.update !== undefined &&
    picture.state.desiredTotal > 0 &&
    (changes || picture.planned > 0) &&
    (changes || !picture.hasCurrentVersion) &&
    !isProven(evaluation, picture.name);
}

/** Whether anything that counts runs the current version, failed ones included; asked before section 5 drops some. */
export function lookForCurrentVersion(evaluation: Evaluation, picture: GroupPicture): void {
  if (picture.stateExists || picture.update === undefined) return;
  const { job } = evaluation;
  for (let i = 0; i < picture.marks.length; i++) {
    if ((marksOf(picture, i) & IN_SCOPE) === 0) continue;
    const { jobVersion, jobCreateIndex } = allocationAt(picture, i);
    if (jobVersion === job?.version && jobCreateIndex === job.createIndex) {
      picture.hasCurrentVersion = true;
      return;
    }
  }
}

/** Rule 15, second half: the group has nothing left to do in the current deployment. */
export function judgeComplete(evaluation: Evaluation, picture: GroupPicture): void {
  const { state } = picture;
  picture.complete =
    evaluation.current !== undefined &&
    countMarked(picture, DESTRUCTIVE | IN_PLACE | MIGRATE | NOW | LATER) === 0 &&
    picture.planned === 0 &&
    picture.placements.length === 0 &&
    !picture.wantsCanaries &&
    (!picture.stateExists || ((state.desiredCanaries === 0 || state.promoted) && healthyEnough(picture)));
}

const GOOD = UNTAINTED | OF_CURRENT | HEALTHY | CLIENT_TERMINAL | ENDS;

/** As many live, healthy allocations of the deployment as it wants, less those that failed for good before it (D 39). */
function healthyEnough({ marks, state }: GroupPicture): boolean {
  let short = state.desiredTotal;
  for (let i = 0; i < marks.length && short > 0; i++) {
    // Those that are left would not do.
    if (short > marks.length - i) return false;
    const own = marks[i] ?? 0;
    const failedElsewhere = (own & (UNTAINTED | OF_CURRENT | FAILED)) === (UNTAINTED | FAILED);
    const isGood = (own & GOOD) === (UNTAINTED | OF_CURRENT | HEALTHY);
    if (failedElsewhere || isGood) short--;
  }
  return short <= 0;
}
