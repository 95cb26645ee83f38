import type { PlaceReason } from "../model/index.js";
import { countCanaries, wantsMoreCanaries } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupPicture } from "./group-picture.js";
import { type NameHolds, nextCanaryNames } from "./names.js";
import { currentVersion } from "./placements.js";

/** Rule 10: asks for the canaries that are missing, and places them unless the deployment is paused or failed. */
export function placeCanaries(evaluation: Evaluation, picture: GroupPicture, holds: () => NameHolds): void {
  picture.canaries = countCanaries(picture);
  picture.wantsCanaries = wantsMoreCanaries(evaluation, picture, picture.destructive);
  if (!picture.wantsCanaries) return;

  const need = picture.update?.canary ?? 0;
  if (picture.state.desiredCanaries !== need) {
    picture.state.desiredCanaries = need;
    picture.stateChanged = true;
  }
  if (evaluation.isPaused || evaluation.isFailed) return;
  const have = picture.canaries;
  const reason: PlaceReason = { code: "canary_wanted", have, need };
  const version = currentVersion(evaluation);
  for (const nameIndex of nextCanaryNames(picture, holds, need - have)) {
    picture.placements.push({ previous: -1, reason, canary: true, nameIndex, nameRank: "canary", version });
  }
}
