import { compareVersions, deploymentStateOf, groupOf, isTerminal, type TaskGroup } from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf, versionOf } from "./group-picture.js";
import { CANARY } from "./marks.js";
import type { VersionChoice } from "./placement-draft.js";
import { findVersion } from "./versions.js";

interface ProvenVersion {
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  readonly deploymentId: string;
  readonly group: TaskGroup;
}

/**
 * Rule 12: the newest version of this registration that a deployment other than the current one proved for the group
 * and that is still known.
 */
export function provenVersion(evaluation: Evaluation, picture: GroupPicture): ProvenVersion | undefined {
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

/** Rule 12: what runs in the place of an allocation while the current version is not proven; nothing: no version may. */
export function versionToKeepAlive(
  evaluation: Evaluation,
  picture: GroupPicture,
  proven: ProvenVersion | undefined,
  previous: number,
): VersionChoice | undefined {
  if (previous < 0) return proven === undefined ? newestRunning(evaluation, picture) : asProven(proven);
  const replaced = allocationAt(picture, previous);
  const ranFailed =
    evaluation.isFailed && isCurrent(evaluation, replaced.jobCreateIndex, replaced.jobVersion);
  if (proven !== undefined && (ranFailed || !isOlder(proven, replaced.jobCreateIndex, replaced.jobVersion))) {
    return asProven(proven);
  }
  if (versionOf(picture, previous).group === undefined) return undefined;
  return {
    jobVersion: replaced.jobVersion,
    jobCreateIndex: replaced.jobCreateIndex,
    why: "as_replaced",
    joins: isCurrent(evaluation, replaced.jobCreateIndex, replaced.jobVersion) ? "active" : undefined,
  };
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
