import { type ChangedProperty, isTerminal } from "../model/index.js";
import { isStable } from "./canaries.js";
import { classifyUpdate } from "./classify-update.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf, setMarks, versionOf } from "./group-picture.js";
import { DESTRUCTIVE, IN_PLACE, UNTAINTED } from "./marks.js";
import type { UpdateClass } from "./update-class.js";
import type { GroupVersion } from "./versions.js";

/** Rule 9's answer for a version: `unchanged` when it is the current specification itself. */
export type VersionClass = UpdateClass | { readonly kind: "unchanged" };

const UNCHANGED: VersionClass = Object.freeze({ kind: "unchanged" });
/** The caller's policy, not a property, keeps it from adopting the version where it runs. */
const WHERE_IT_RUNS: ChangedProperty = Object.freeze({ path: "canUpdateInPlace", from: true, to: false });
const NOT_FEASIBLE: UpdateClass = Object.freeze({ kind: "destructive", change: WHERE_IT_RUNS });

/** Rules 9.1 and 9.2, asked once per version. */
export function updateClassOf(
  evaluation: Evaluation,
  picture: GroupPicture,
  allocation: number,
): VersionClass {
  return classOfVersion(evaluation, picture, versionOf(picture, allocation));
}

function classOfVersion(evaluation: Evaluation, picture: GroupPicture, version: GroupVersion): VersionClass {
  const { job: from, group: before } = version;
  const to = evaluation.job;
  const after = picture.group;
  if (from === undefined || before === undefined || to === undefined || after === undefined) return UNCHANGED;
  if (from.modifyIndex === to.modifyIndex) return UNCHANGED;
  if (version.updateClass === undefined) {
    const classify = evaluation.policy.classifyUpdate ?? classifyUpdate;
    version.updateClass = classify({
      group: picture.name,
      from: { job: from, group: before },
      to: { job: to, group: after },
    });
  }
  return version.updateClass;
}

/** Rules 9.1 to 9.5 for one allocation. */
function updateOf(evaluation: Evaluation, picture: GroupPicture, i: number): VersionClass {
  const ofVersion = updateClassOf(evaluation, picture, i);
  if (ofVersion.kind !== "in_place") return ofVersion;
  const allocation = allocationAt(picture, i);
  if (isTerminal(allocation)) return UNCHANGED;
  const { canUpdateInPlace } = evaluation.policy;
  if (canUpdateInPlace === undefined || evaluation.job === undefined) return ofVersion;
  return canUpdateInPlace(allocation, evaluation.job) ? ofVersion : NOT_FEASIBLE;
}

/** Whether any version of the group's allocations is another specification. */
function mayDiffer(evaluation: Evaluation, picture: GroupPicture): boolean {
  return picture.distinctVersions.some(
    (version) => classOfVersion(evaluation, picture, version).kind !== "unchanged",
  );
}

/** Rule 9: marks what must be replaced and what adopts the current version where it runs. */
export function markUpdates(evaluation: Evaluation, picture: GroupPicture): void {
  if (!mayDiffer(evaluation, picture)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & UNTAINTED) === 0) continue;
    const { kind } = updateOf(evaluation, picture, i);
    if (kind === "unchanged") continue;
    setMarks(picture, i, marks | (kind === "destructive" ? DESTRUCTIVE : IN_PLACE));
    if (kind === "destructive" && isStable(picture, marks)) picture.destructive++;
  }
}

/** Whether anything of the group would have to be replaced, before surplus is stopped (D 14). */
export function hasDestructive(evaluation: Evaluation, picture: GroupPicture): boolean {
  if (!mayDiffer(evaluation, picture)) return false;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if (isStable(picture, marks) && updateOf(evaluation, picture, i).kind === "destructive") return true;
  }
  return false;
}

/** What makes it necessary to replace an allocation. */
export function changeOf(evaluation: Evaluation, picture: GroupPicture, i: number): ChangedProperty {
  const ofVersion = updateClassOf(evaluation, picture, i);
  return ofVersion.kind === "destructive" ? ofVersion.change : WHERE_IT_RUNS;
}
