import type {
  Action,
  DisconnectAction,
  DisconnectReason,
  IgnoreAction,
  IgnoreReason,
  ReconnectReason,
  ReplaceAction,
  StopAction,
  StopReason,
  UpdateAction,
  UpdateReason,
} from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf, mayBear, versionOf } from "./group-picture.js";
import type { Kept } from "./group-reading.js";
import { type HeldReasons, heldBack } from "./held-back.js";
import {
  DESTRUCTIVE,
  DISCONNECTING,
  ENDS,
  EXPLAINED,
  IN_PLACE,
  LATER,
  NOW,
  RECONNECTED,
  REPLACED,
} from "./marks.js";
import type { Mutable } from "./mutable.js";
import { joinedDeployment, namesOf, placementId, placementIds } from "./placement-actions.js";
import type { DeploymentOutcome } from "./plan-deployment.js";
import { changeOf } from "./updates.js";

const UNCHANGED: IgnoreReason = Object.freeze({ code: "unchanged" });
const IN_PLACE_UPDATE: UpdateReason = Object.freeze({ code: "in_place_update" });
const NODE_RECONNECTED: ReconnectReason = Object.freeze({ code: "node_reconnected" });

/** The marks that make a verdict anything but "ignore", and those that make its reason anything but "unchanged". */
const DOES_SOMETHING = ENDS | REPLACED | IN_PLACE | DISCONNECTING | RECONNECTED;
const IS_NOT_AT_REST = DOES_SOMETHING | DESTRUCTIVE | EXPLAINED;

/** Rule 16: one verdict per allocation of the group, in canonical order. */
export function verdicts(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  followUps: ReadonlyMap<number, string>,
  say: (action: Action) => void,
): void {
  const placementOf = placementIds(picture);
  const held: HeldReasons = new Map();
  let replaced = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    const followUp = followUps.size === 0 ? undefined : followUps.get(i);
    const stopReason = (marks & ENDS) === 0 ? undefined : picture.stopped[i];
    // Where several apply: stop > replace > update > disconnect > reconnect > ignore.
    if ((marks & IS_NOT_AT_REST) === 0 && followUp === undefined) {
      say(atRestAction(picture, i));
    } else if (stopReason !== undefined) {
      say(stopAction(picture, i, stopReason, placementOf.get(i), followUp));
    } else if ((marks & DOES_SOMETHING) === 0) {
      say(ignoreAction(evaluation, picture, i, held, followUp));
    } else if ((marks & REPLACED) !== 0 && (marks & DESTRUCTIVE) !== 0) {
      say(replaceAction(evaluation, picture, deployment, i, replaced++, followUp));
    } else if ((marks & IN_PLACE) !== 0) {
      say(updateAction(evaluation, picture, deployment, i, followUp));
    } else if ((marks & DISCONNECTING) !== 0) {
      say(disconnectAction(picture, i, placementOf.get(i), followUp));
    } else if ((marks & RECONNECTED) !== 0) {
      const { id: allocationId } = allocationAt(picture, i);
      say({ kind: "reconnect", group: picture.name, allocationId, reason: NODE_RECONNECTED });
    } else {
      say(ignoreAction(evaluation, picture, i, held, followUp));
    }
  }
}

/** All that is said of a group whose allocations are all at rest, where that is kept: the same list again and again. */
export function keptVerdicts(
  picture: GroupPicture,
  followUps: ReadonlyMap<number, string>,
): readonly IgnoreAction[] | undefined {
  const { kept, placements } = picture;
  const mayMove = mayBear(picture, IS_NOT_AT_REST) || placements.length > 0 || followUps.size > 0;
  return kept === undefined || mayMove ? undefined : allAtRest(kept, picture);
}

function allAtRest(kept: Kept, { name }: GroupPicture): readonly IgnoreAction[] {
  kept.atRest ??= Object.freeze(kept.ids.map((id) => atRest(name, id)));
  return kept.atRest;
}

/** What most allocations are told. */
function atRestAction(picture: GroupPicture, i: number): IgnoreAction {
  const known = picture.kept === undefined ? undefined : allAtRest(picture.kept, picture)[i];
  return known ?? atRest(picture.name, allocationAt(picture, i).id);
}

function atRest(group: string, allocationId: string): IgnoreAction {
  return { kind: "ignore", group, allocationId, reason: UNCHANGED };
}

function ignoreAction(
  evaluation: Evaluation,
  picture: GroupPicture,
  i: number,
  held: HeldReasons,
  followUpEvaluationId: string | undefined,
): Action {
  const group = picture.name;
  const { id: allocationId } = allocationAt(picture, i);
  const isHeld = (marksOf(picture, i) & DESTRUCTIVE) !== 0;
  const reason = picture.ignored[i] ?? (isHeld ? heldBack(evaluation, picture, i, held) : UNCHANGED);
  if (followUpEvaluationId !== undefined) {
    return { kind: "ignore", group, allocationId, reason, followUpEvaluationId };
  }
  return reason.code === "lost_and_stopped"
    ? { kind: "ignore", group, allocationId, reason, clientStatus: "lost" }
    : { kind: "ignore", group, allocationId, reason };
}

function stopAction(
  picture: GroupPicture,
  i: number,
  reason: StopReason,
  placement: string | undefined,
  followUpEvaluationId: string | undefined,
): StopAction {
  const { id: allocationId } = allocationAt(picture, i);
  const action: Mutable<StopAction> = { kind: "stop", group: picture.name, allocationId, reason };
  if (reason.code === "lost") action.clientStatus = "lost";
  if (reason.code === "failed_while_away") action.clientStatus = "failed";
  if (placement !== undefined) action.placement = placement;
  if (followUpEvaluationId !== undefined) action.followUpEvaluationId = followUpEvaluationId;
  return action;
}

function replaceAction(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  i: number,
  nth: number,
  followUpEvaluationId: string | undefined,
): ReplaceAction {
  const { id: allocationId } = allocationAt(picture, i);
  const action: Mutable<ReplaceAction> = {
    kind: "replace",
    group: picture.name,
    allocationId,
    reason: {
      code: "destructive_update",
      change: changeOf(evaluation, picture, i),
      budget: picture.budget,
      ordinal: nth + 1,
    },
    placement: placementId(picture, picture.placements.length + nth),
    name: namesOf(evaluation, picture)(picture.replacements[nth]?.nameIndex ?? 0),
    jobVersion: evaluation.job?.version ?? 0,
    jobCreateIndex: evaluation.job?.createIndex ?? 0,
    version: "current",
    previousAllocation: allocationId,
  };
  const joined = joinedDeployment(picture, deployment, "active");
  if (joined !== undefined) action.deploymentId = joined;
  if ((marksOf(picture, i) & DISCONNECTING) !== 0) action.disconnect = true;
  if (followUpEvaluationId !== undefined) action.followUpEvaluationId = followUpEvaluationId;
  return action;
}

function updateAction(
  evaluation: Evaluation,
  picture: GroupPicture,
  { active }: DeploymentOutcome,
  i: number,
  followUpEvaluationId: string | undefined,
): UpdateAction {
  const { id: allocationId } = allocationAt(picture, i);
  const action: Mutable<UpdateAction> = {
    kind: "update",
    group: picture.name,
    allocationId,
    reason: IN_PLACE_UPDATE,
    jobVersion: evaluation.job?.version ?? 0,
    jobCreateIndex: evaluation.job?.createIndex ?? 0,
  };
  if (active !== undefined) action.deploymentId = active.id;
  if ((marksOf(picture, i) & DISCONNECTING) !== 0) action.disconnect = true;
  if (followUpEvaluationId !== undefined) action.followUpEvaluationId = followUpEvaluationId;
  return action;
}

function disconnectAction(
  picture: GroupPicture,
  i: number,
  placement: string | undefined,
  followUpEvaluationId: string | undefined,
): DisconnectAction {
  const action: Mutable<DisconnectAction> = {
    kind: "disconnect",
    group: picture.name,
    allocationId: allocationAt(picture, i).id,
    reason: {
      code: "node_disconnected",
      lostAfter: versionOf(picture, i).lostAfter,
      replaced: replacedWhen(marksOf(picture, i)),
    },
  };
  if (placement !== undefined) action.placement = placement;
  if (followUpEvaluationId !== undefined) action.followUpEvaluationId = followUpEvaluationId;
  return action;
}

function replacedWhen(marks: number): DisconnectReason["replaced"] {
  if ((marks & NOW) !== 0) return (marks & REPLACED) !== 0 ? "now" : "not_needed";
  return (marks & LATER) !== 0 ? "later" : "never";
}
