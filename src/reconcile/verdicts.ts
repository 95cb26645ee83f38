import { allocationName, UPDATE_DEFAULTS } from "../model/index.js";
import { isCanarying } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf, versionOf } from "./group-picture.js";
import { DESTRUCTIVE, DISCONNECTING, IN_PLACE, LATER, NOW, RECONNECTED, REPLACED } from "./marks.js";
import type { PlacementDraft } from "./placement-draft.js";
import type { Action, Placement, StopAction } from "./plan.js";
import type { DeploymentOutcome } from "./plan-deployment.js";
import type {
  ChangedProperty,
  DisconnectReason,
  IgnoreReason,
  ReconnectReason,
  StopReason,
  UpdateReason,
} from "./reasons.js";
import { changeOf } from "./updates.js";

const UNCHANGED: IgnoreReason = Object.freeze({ code: "unchanged" });
const IN_PLACE_UPDATE: UpdateReason = Object.freeze({ code: "in_place_update" });
const NODE_RECONNECTED: ReconnectReason = Object.freeze({ code: "node_reconnected" });

/** The marks that make a verdict anything but "ignore". */
const DOES_SOMETHING = REPLACED | IN_PLACE | DISCONNECTING | RECONNECTED;

/** Rule 16: one verdict per allocation of the group, then its placements. Appends to `actions`. */
export function verdicts(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  followUps: ReadonlyMap<number, string>,
  actions: Action[],
): void {
  const group = picture.name;
  const placementOf = placementNames(picture);
  const held: HeldReasons = new Map();
  let replaced = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    const allocationId = allocationAt(picture, i).id;
    const stopReason = picture.stopped[i];
    const followUpEvaluationId = followUps.size === 0 ? undefined : followUps.get(i);
    if (stopReason === undefined && (marks & DOES_SOMETHING) === 0 && followUpEvaluationId === undefined) {
      const reason =
        picture.ignored[i] ??
        ((marks & DESTRUCTIVE) === 0 ? UNCHANGED : heldBack(evaluation, picture, i, held));
      actions.push(
        reason.code === "lost_and_stopped"
          ? { kind: "ignore", group, allocationId, reason, clientStatus: "lost" }
          : { kind: "ignore", group, allocationId, reason },
      );
      continue;
    }
    const waitsFor = followUpEvaluationId === undefined ? {} : { followUpEvaluationId };
    const away = (marks & DISCONNECTING) === 0 ? {} : { disconnect: true as const };
    if (stopReason !== undefined) {
      actions.push(stopAction(picture, allocationId, stopReason, placementOf.get(i), waitsFor));
    } else if ((marks & REPLACED) !== 0 && (marks & DESTRUCTIVE) !== 0) {
      const draft = picture.replacements[replaced++];
      actions.push({
        kind: "replace",
        group,
        allocationId,
        ...waitsFor,
        reason: {
          code: "destructive_update",
          change: changeOf(evaluation, picture, i),
          budget: picture.budget,
          ordinal: replaced,
        },
        ...away,
        placement: `${group}/${picture.placements.length + replaced - 1}`,
        name: nameOf(evaluation, picture, draft?.nameIndex ?? 0),
        jobVersion: evaluation.job?.version ?? 0,
        jobCreateIndex: evaluation.job?.createIndex ?? 0,
        version: "current",
        ...joining(picture, deployment, "active"),
        previousAllocation: allocationId,
      });
    } else if ((marks & IN_PLACE) !== 0) {
      actions.push({
        kind: "update",
        group,
        allocationId,
        ...waitsFor,
        reason: IN_PLACE_UPDATE,
        ...away,
        jobVersion: evaluation.job?.version ?? 0,
        jobCreateIndex: evaluation.job?.createIndex ?? 0,
        ...(deployment.active === undefined ? {} : { deploymentId: deployment.active.id }),
      });
    } else if ((marks & DISCONNECTING) !== 0) {
      const placement = placementOf.get(i);
      actions.push({
        kind: "disconnect",
        group,
        allocationId,
        ...waitsFor,
        reason: disconnectReason(picture, i, marks),
        ...(placement === undefined ? {} : { placement }),
      });
    } else if ((marks & RECONNECTED) !== 0) {
      actions.push({ kind: "reconnect", group, allocationId, reason: NODE_RECONNECTED });
    } else {
      const reason =
        picture.ignored[i] ??
        ((marks & DESTRUCTIVE) === 0 ? UNCHANGED : heldBack(evaluation, picture, i, held));
      actions.push({ kind: "ignore", group, allocationId, ...waitsFor, reason });
    }
  }
  for (let n = 0; n < picture.placements.length; n++) {
    const draft = picture.placements[n];
    if (draft === undefined) continue;
    const placement = placementFrom(evaluation, picture, deployment, draft, n);
    const kind = draft.canary ? "canary" : "place";
    actions.push({ kind, reason: draft.reason, ...placement });
  }
}

/** What each replaced allocation's placement is called within the plan. */
function placementNames(picture: GroupPicture): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  picture.placements.forEach(({ previous }, n) => {
    if (previous >= 0) names.set(previous, `${picture.name}/${n}`);
  });
  return names;
}

function nameOf(evaluation: Evaluation, picture: GroupPicture, index: number): string {
  return allocationName(evaluation.job?.id ?? "", picture.name, index);
}

function placementFrom(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  draft: PlacementDraft,
  n: number,
): Placement {
  const { version } = draft;
  return {
    placement: `${picture.name}/${n}`,
    group: picture.name,
    name: nameOf(evaluation, picture, draft.nameIndex),
    jobVersion: version.jobVersion,
    jobCreateIndex: version.jobCreateIndex,
    version: version.why,
    ...joining(picture, deployment, version.joins),
    ...(draft.previous < 0 ? {} : { previousAllocation: allocationAt(picture, draft.previous).id }),
  };
}

function joining(
  picture: GroupPicture,
  { active }: DeploymentOutcome,
  joins: string | undefined,
): { deploymentId?: string } {
  if (joins !== "active") return joins === undefined ? {} : { deploymentId: joins };
  return active !== undefined && Object.hasOwn(active.groups, picture.name)
    ? { deploymentId: active.id }
    : {};
}

function stopAction(
  picture: GroupPicture,
  allocationId: string,
  reason: StopReason,
  placement: string | undefined,
  waitsFor: { followUpEvaluationId?: string },
): StopAction {
  const clientStatus =
    reason.code === "lost" ? "lost" : reason.code === "failed_while_away" ? "failed" : undefined;
  return {
    kind: "stop",
    group: picture.name,
    allocationId,
    ...waitsFor,
    reason,
    ...(clientStatus === undefined ? {} : { clientStatus }),
    ...(placement === undefined ? {} : { placement }),
  };
}

function disconnectReason(picture: GroupPicture, i: number, marks: number): DisconnectReason {
  const replaced =
    (marks & NOW) !== 0
      ? (marks & REPLACED) !== 0
        ? "now"
        : "not_needed"
      : (marks & LATER) !== 0
        ? "later"
        : "never";
  return { code: "node_disconnected", lostAfter: versionOf(picture, i).lostAfter, replaced };
}

/** One reason for all allocations of a version that the same change would replace. */
type HeldReasons = Map<ChangedProperty, IgnoreReason>;

/** Why one that must be replaced, and is not in this plan, stays. */
function heldBack(
  evaluation: Evaluation,
  picture: GroupPicture,
  i: number,
  known: HeldReasons,
): IgnoreReason {
  const change = changeOf(evaluation, picture, i);
  const reason = known.get(change) ?? heldReason(evaluation, picture, change);
  known.set(change, reason);
  return reason;
}

function heldReason(evaluation: Evaluation, picture: GroupPicture, change: ChangedProperty): IgnoreReason {
  if (evaluation.isFailed) return { code: "held_after_failure", change };
  if (isCanarying(picture)) {
    const { canaries } = picture;
    return { code: "held_for_promotion", change, canaries, desiredCanaries: picture.state.desiredCanaries };
  }
  if (evaluation.isPaused) return { code: "held_while_paused", change };
  return {
    code: "budget_spent",
    change,
    maxParallel: picture.update?.maxParallel ?? UPDATE_DEFAULTS.maxParallel,
    undecided: picture.undecided,
    unhealthy: picture.unhealthy,
    placedFirst: picture.placements.length,
  };
}
