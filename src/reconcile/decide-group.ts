import { setBudget } from "./budget.js";
import { cancelCanaries, countCanaries, findCanaries } from "./canaries.js";
import { replaceDestructive } from "./destructive-updates.js";
import { disconnect } from "./disconnecting.js";
import type { Evaluation } from "./evaluation.js";
import { wishForReschedules } from "./follow-ups.js";
import { judgeComplete, lookForCurrentVersion, needDeployment } from "./group-deployment.js";
import { type GroupPicture, stop } from "./group-picture.js";
import { migrate, stopReplacedMigrations } from "./migrations.js";
import { avoidTwins, nameHolds } from "./names.js";
import { placeCanaries } from "./place-canaries.js";
import { placeMissing } from "./placements.js";
import { reconnect } from "./reconnecting.js";
import { rescheduleFailed } from "./rescheduling.js";
import { classify, stopEverything } from "./scope.js";
import { waitForClients } from "./stop-on-client.js";
import { stopLost, stopSurplus } from "./too-many.js";
import { markUpdates } from "./updates.js";

/** Rules 2 to 15 for one group, in their order. What they decide stands in the picture. */
export function decideGroup(evaluation: Evaluation, picture: GroupPicture): void {
  if (picture.removed) {
    stopGroup(evaluation, picture); // 2, 3.2
    return;
  }

  classify(evaluation, picture); // 3.1, 3.4, 4
  cancelCanaries(evaluation, picture); // 3.5
  findCanaries(picture); // 3.6
  lookForCurrentVersion(evaluation, picture); // 15
  rescheduleFailed(evaluation, picture); // 5
  reconnect(picture); // 6
  disconnect(evaluation, picture); // 6
  waitForClients(evaluation, picture); // 6
  wishForReschedules(picture); // 6
  picture.canaries = countCanaries(picture);

  stopLost(picture); // 8
  stopSurplus(evaluation, picture); // 8
  markUpdates(evaluation, picture); // 9
  if (!picture.stateExists) picture.state.desiredTotal = picture.count; // 9

  stopReplacedMigrations(picture); // 14
  placeCanaries(evaluation, picture, () => nameHolds(picture, true)); // 10
  setBudget(evaluation, picture); // 11
  placeMissing(evaluation, picture, (withCanaries) => nameHolds(picture, withCanaries)); // 12
  spendBudgetOnPlacements(picture); // 12
  replaceDestructive(evaluation, picture); // 13
  migrate(evaluation, picture); // 14
  giveNames(picture); // 7

  needDeployment(evaluation, picture); // 15
  judgeComplete(evaluation, picture); // 15
}

function stopGroup(evaluation: Evaluation, picture: GroupPicture): void {
  const needless = { code: evaluation.isStopped ? "job_stopped" : "group_removed" } as const;
  stopEverything(evaluation, picture, (i, lost) => stop(picture, i, lost ? { code: "lost" } : needless));
}

/** Rule 12: what is placed changes too, so less may be replaced. */
function spendBudgetOnPlacements(picture: GroupPicture): void {
  for (const { canary } of picture.placements) if (!canary && picture.budget > 0) picture.budget--;
}

/** Rule 7, at its end. */
function giveNames(picture: GroupPicture): void {
  const { placements, replacements } = picture;
  // Nothing is named, or no name is held twice.
  if (!picture.shareNames || placements.length + replacements.length === 0) return;
  const migrations = placements.filter(({ nameRank }) => nameRank === "migration");
  const others =
    migrations.length === 0 ? placements : placements.filter(({ nameRank }) => nameRank !== "migration");
  avoidTwins(nameHolds(picture, true), picture.count, [...others, ...replacements, ...migrations]);
}
