import { type Action, allocationName, type CanaryAction, type PlaceAction } from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture } from "./group-picture.js";
import type { PlacementDraft } from "./placement-draft.js";
import type { DeploymentOutcome } from "./plan-deployment.js";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Rule 16: the placements of the group, in the order in which they were decided. Appends to `actions`. */
export function placementActions(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  actions: Action[],
): void {
  for (let n = 0; n < picture.placements.length; n++) {
    const draft = picture.placements[n];
    if (draft !== undefined) actions.push(placementAction(evaluation, picture, deployment, draft, n));
  }
}

function placementAction(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  draft: PlacementDraft,
  n: number,
): Action {
  const { version } = draft;
  // Built field by field: a first placement makes one of these for every allocation to come.
  const action: Mutable<PlaceAction | CanaryAction> = {
    kind: draft.canary ? "canary" : "place",
    reason: draft.reason,
    placement: placementId(picture, n),
    group: picture.name,
    name: nameFor(evaluation, picture, draft.nameIndex),
    jobVersion: version.jobVersion,
    jobCreateIndex: version.jobCreateIndex,
    version: version.why,
  };
  const joined = joinedDeployment(picture, deployment, version.joins);
  if (joined !== undefined) action.deploymentId = joined;
  if (draft.previous >= 0) action.previousAllocation = allocationAt(picture, draft.previous).id;
  return action;
}

/** What the nth placement of a group is called within the plan. */
export function placementId(picture: GroupPicture, n: number): string {
  return `${picture.name}/${n}`;
}

/** What each replaced allocation's placement is called within the plan. */
export function placementIds(picture: GroupPicture): ReadonlyMap<number, string> {
  const ids = new Map<number, string>();
  for (let n = 0; n < picture.placements.length; n++) {
    const previous = picture.placements[n]?.previous ?? -1;
    if (previous >= 0) ids.set(previous, placementId(picture, n));
  }
  return ids;
}

/** The name of one of the group's places. */
export function nameFor(evaluation: Evaluation, picture: GroupPicture, index: number): string {
  return allocationName(evaluation.job?.id ?? "", picture.name, index);
}

/** Rule 12, at its end: the deployment that a placement joins. */
export function joinedDeployment(
  picture: GroupPicture,
  { active }: DeploymentOutcome,
  joins: string | undefined,
): string | undefined {
  if (joins !== "active") return joins;
  return active !== undefined && Object.hasOwn(active.groups, picture.name) ? active.id : undefined;
}
