import {
  compareVersions,
  type Deployment,
  groupOf,
  isTerminal,
  provenDeployment,
  type TaskGroup,
} from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf } from "./group-picture.js";
import { CANARY } from "./marks.js";
import type { ProvenVersion, VersionChoice } from "./placement-draft.js";
import { findVersion } from "./versions.js";

/**
 * Rule 12: the newest version of this registration that a deployment other than the current one proved for the group
 * and that is still known.
 */
function provenVersion(evaluation: Evaluation, picture: GroupPicture): ProvenVersion | undefined {
  if (picture.proven === undefined) picture.proven = findProven(evaluation, picture) ?? "none";
  return picture.proven === "none" ? undefined : picture.proven;
}

function findProven(evaluation: Evaluation, { name }: GroupPicture): ProvenVersion | undefined {
  const groupIn = ({ jobCreateIndex, jobVersion }: Deployment): TaskGroup | undefined => {
    const job = findVersion(evaluation.versions, jobCreateIndex, jobVersion);
    return job === undefined ? undefined : groupOf(job, name);
  };
  const proven = provenDeployment(
    evaluation.deployments,
    name,
    (one) =>
      one !== evaluation.current &&
      one.jobCreateIndex === evaluation.job?.createIndex &&
      groupIn(one) !== undefined,
  );
  const group = proven === undefined ? undefined : groupIn(proven);
  if (proven === undefined || group === undefined) return undefined;
  const { jobVersion, jobCreateIndex, id: deploymentId } = proven;
  return { jobVersion, jobCreateIndex, deploymentId, group };
}

/** Rule 12: what runs in the place of an allocation while the current version is not proven. */
export function versionToReplaceBy(evaluation: Evaluation, picture: GroupPicture, i: number): VersionChoice {
  const proven = provenVersion(evaluation, picture);
  const { jobCreateIndex, jobVersion } = allocationAt(picture, i);
  const isOfCurrent = isCurrent(evaluation, jobCreateIndex, jobVersion);
  const ranFailed = evaluation.isFailed && isOfCurrent;
  if (proven !== undefined && (ranFailed || !isOlder(proven, jobCreateIndex, jobVersion)))
    return asProven(proven);
  return { jobVersion, jobCreateIndex, why: "as_replaced", joins: isOfCurrent ? "active" : undefined };
}

/** Rule 12: what runs where nothing is replaced while the current version is not proven; nothing: no version may. */
export function versionToAdd(evaluation: Evaluation, picture: GroupPicture): VersionChoice | undefined {
  const proven = provenVersion(evaluation, picture);
  return proven === undefined ? newestRunning(evaluation, picture) : asProven(proven);
}

function asProven(proven: ProvenVersion): VersionChoice {
  const { jobVersion, jobCreateIndex, deploymentId } = proven;
  return { jobVersion, jobCreateIndex, why: "kept_alive", joins: deploymentId };
}

function isOlder(proven: ProvenVersion, createIndex: number, version: number): boolean {
  return compareVersions(proven.jobCreateIndex, proven.jobVersion, createIndex, version) < 0;
}

function isCurrent(evaluation: Evaluation, createIndex: number, version: number): boolean {
  return createIndex === evaluation.job?.createIndex && version === evaluation.job.version;
}

/** The newest version of this registration other than the current one that a live allocation of the group runs, canaries apart. */
function newestRunning(evaluation: Evaluation, picture: GroupPicture): VersionChoice | undefined {
  let newest: VersionChoice | undefined;
  for (let i = 0; i < picture.marks.length; i++) {
    const allocation = allocationAt(picture, i);
    const { jobCreateIndex, jobVersion } = allocation;
    if (isTerminal(allocation) || isCurrent(evaluation, jobCreateIndex, jobVersion)) continue;
    // Of another registration: older than any version that this one could go back to.
    if (jobCreateIndex !== evaluation.job?.createIndex) continue;
    if ((marksOf(picture, i) & CANARY) !== 0 || allocation.deploymentStatus?.canary === true) continue;
    if (
      newest === undefined ||
      compareVersions(jobCreateIndex, jobVersion, newest.jobCreateIndex, newest.jobVersion) > 0
    ) {
      newest = { jobVersion, jobCreateIndex, why: "newest_running", joins: undefined };
    }
  }
  return newest;
}

/** The group as the version to keep alive has it. */
export function keptAliveGroup(evaluation: Evaluation, picture: GroupPicture): TaskGroup | undefined {
  const proven = provenVersion(evaluation, picture);
  if (proven !== undefined) return proven.group;
  const running = newestRunning(evaluation, picture);
  const job =
    running === undefined
      ? undefined
      : findVersion(evaluation.versions, running.jobCreateIndex, running.jobVersion);
  return job === undefined ? undefined : groupOf(job, picture.name);
}
