import { type Action, allocationNames, type CanaryAction, type PlaceAction } from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture } from "./group-picture.js";
import type { Mutable } from "./mutable.js";
import type { PlacementDraft } from "./placement-draft.js";
import type { DeploymentOutcome } from "./plan-deployment.js";

/** Rule 16: the placements of the group, in the order in which they were decided. */
export function placementActions(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
  say: (action: Action) => void,
): void {
  const { placements } = picture;
  if (placements.length === 0) return;
  const active = joinedDeployment(picture, deployment, "active");
  const nameOf = namesOf(evaluation, picture);
  for (let n = 0; n < placements.length; n++) {
    const draft = placements[n];
    if (draft === undefined) continue;
    const { joins } = draft.version;
    say(placementAction(picture, draft, n, nameOf, joins === "active" ? active : joins));
  }
}

function placementAction(
  picture: GroupPicture,
  draft: PlacementDraft,
  n: number,
  nameOf: (index: number) => string,
  deploymentId: string | undefined,
): Action {
  const { reason, nameIndex, previous } = draft;
  const { jobVersion, jobCreateIndex, why: version } = draft.version;
  const kind = draft.canary ? "canary" : "place";
  const placement = placementId(picture, n);
  const group = picture.name;
  const name = nameOf(nameIndex);
  // Two literals, and no spread: a first placement makes one of these for every allocation to come.
  const action: Mutable<PlaceAction | CanaryAction> =
    deploymentId === undefined
      ? { kind, reason, placement, group, name, jobVersion, jobCreateIndex, version }
      : { kind, reason, placement, group, name, jobVersion, jobCreateIndex, version, deploymentId };
  if (previous >= 0) action.previousAllocation = allocationAt(picture, previous).id;
  return action;
}

/** What the nth placement of a group is called within the plan. */
export function placementId(picture: GroupPicture, n: number): string {
  return `${picture.name}/${n}`;
}

const NO_IDS: ReadonlyMap<number, string> = new Map();

/** What each replaced allocation's placement is called within the plan. */
export function placementIds(picture: GroupPicture): ReadonlyMap<number, string> {
  if (picture.placements.length === 0) return NO_IDS;
  const ids = new Map<number, string>();
  for (let n = 0; n < picture.placements.length; n++) {
    const previous = picture.placements[n]?.previous ?? -1;
    if (previous >= 0) ids.set(previous, placementId(picture, n));
  }
  return ids;
}

/** Gives the names of the group's places. */
export function namesOf({ job }: Evaluation, { name }: GroupPicture): (index: number) => string {
  return allocationNames(job?.id ?? "", name);
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
