import type { JobState } from "../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  type Deployment,
  isActive,
  isClientTerminal,
  isServerTerminal,
  type Job,
  nameIndex,
} from "../model/index.js";

/**
 * What of a state can make a difference to what comes, as a text: no ids, no indexes, no times, no names but their
 * numbers. Two states of one text behave alike.
 */
export function canonicalState({ versions, allocations, deployments, nodes = [] }: JobState): string {
  const current = currentJob(versions);
  const away = new Set(nodes.map(({ id }) => id));
  const active = [...deployments].sort((a, b) => a.createIndex - b.createIndex);
  const rankOf = new Map(active.map(({ id }, rank) => [id, rank]));
  const canaries = new Set(
    deployments.flatMap(({ groups }) => Object.values(groups).flatMap((one) => one.placedCanaries)),
  );
  return [
    versions.map((job) => versionText(job, current)).join(";"),
    active.map((one) => deploymentText(one)).join(";"),
    allocations
      .filter(matters)
      .map((one) => allocationText(one, rankOf, away, canaries))
      .sort()
      .join(";"),
  ].join("|");
}

/** What was stopped and has ended is history. */
function matters(allocation: Allocation): boolean {
  return !(isServerTerminal(allocation) && isClientTerminal(allocation));
}

function versionText({ version, stable, rollbackOf, stop, groups }: Job, current: Job | undefined): string {
  const images = groups
    .map(({ count, tasks }) => `${count}${JSON.stringify(tasks[0]?.["config"])}`)
    .join(",");
  const marks = `${stable === true ? "s" : ""}${rollbackOf === undefined ? "" : "r"}${stop === true ? "x" : ""}`;
  return `${(current?.version ?? 0) - version}${marks}${images}`;
}

function deploymentText({ jobVersion, status, groups }: Deployment): string {
  const states = Object.entries(groups).map(([group, state]) => {
    const { promoted, desiredCanaries, desiredTotal, requireProgressBy, noRoom = 0, placedCanaries } = state;
    return `${group}${promoted ? "p" : ""}${desiredCanaries}/${desiredTotal}${requireProgressBy === undefined ? "" : "t"}${noRoom}c${placedCanaries.length > 0 ? 1 : 0}`;
  });
  return `${jobVersion}${isActive({ status } as Deployment) ? status : status.slice(0, 1)}${states.join(",")}`;
}

function allocationText(
  allocation: Allocation,
  rankOf: ReadonlyMap<string, number>,
  away: ReadonlySet<string>,
  canaries: ReadonlySet<string>,
): string {
  const { name, group, jobVersion, desiredStatus, clientStatus, deploymentId, deploymentStatus } = allocation;
  const { desiredTransition, nextAllocation, nodeId, id } = allocation;
  return [
    group,
    nameIndex(name),
    jobVersion,
    desiredStatus,
    clientStatus,
    deploymentId === undefined ? "-" : rankOf.get(deploymentId),
    deploymentStatus?.healthy ?? "-",
    deploymentStatus?.canary === true ? "c" : "",
    canaries.has(id) ? "C" : "",
    JSON.stringify(desiredTransition ?? {}),
    nextAllocation === undefined ? "" : "n",
    away.has(nodeId) ? "a" : "",
  ].join(" ");
}
