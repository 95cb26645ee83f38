import { compareVersions, deploymentStateOf, groupOf, isTerminal, type TaskGroup } from "../model/index.js";
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

function findProven(evaluation: Evaluation, picture: GroupPicture): ProvenVersion | undefined {
  let proven: ProvenVersion | undefined;
  for (const deployment of evaluation.deployments) {
    if (deployment === evaluation.current || deployment.jobCreateIndex !== evaluation.job?.createIndex)
      continue;
    const state = deploymentStateOf(deployment, picture.name);
    if (state === undefined || deployment.status === "failed") continue;
    if (!state.promoted && (state.desiredCanaries > 0 || deployment.status === "cancelled")) continue;
    if (proven !== undefined && !isNewer(deployment.jobVersion, deployment.id, proven)) continue;
    const job = findVersion(evaluation.versions, deployment.jobCreateIndex, deployment.jobVersion);
    const group = job === undefined ? undefined : groupOf(job, picture.name);
    if (group === undefined) continue;
    proven = {
      jobVersion: deployment.jobVersion,
      jobCreateIndex: deployment.jobCreateIndex,
      deploymentId: deployment.id,
      group,
    };
  }
  return proven;
}

function isNewer(version: number, deploymentId: string, than: ProvenVersion): boolean {
  return version > than.jobVersion || (version === than.jobVersion && deploymentId > than.deploymentId);
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
