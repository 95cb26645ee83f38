import type { JobState } from "../../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  type Deployment,
  isActive,
  isClientTerminal,
  isServerTerminal,
  type Job,
  nameIndex,
} from "../../model/index.js";

/** What may still happen to a state, as far as it makes a difference to what of it matters. */
export interface Prospects {
  /** An earlier specification may be submitted again. */
  readonly submits: boolean;
  /** A deployment that fails may be rolled back. */
  readonly rollsBack: boolean;
}

/** Gives a state as a text; two states of one text behave alike. */
export type Canonical = (state: JobState, timeLeft: (by: number) => number, prospects: Prospects) => string;

/**
 * What of a state can make a difference to what comes: no ids, no indexes, of times how much is left, no words of a specification, no
 * history. Versions are numbered by how new they are among those that still matter, tasks by how new the first version is
 * that runs them. Each allocation keeps the index of its name, for who is stopped first depends on it.
 */
export function canonicalStates(): Canonical {
  const specificationOf = writtenOnce((job) => `${job.stop === true}${JSON.stringify(job.groups)}`);
  const tasksOf = writtenOnce((job) => JSON.stringify(job.groups.map(({ name, tasks }) => [name, tasks])));
  return ({ versions, allocations, deployments, nodes = [] }, timeLeft, prospects) => {
    const reading: Reading = {
      prospects,
      specificationOf,
      tasksOf,
      current: currentJob(versions),
      live: allocations.filter((one) => !isServerTerminal(one)),
      deployments: [...deployments].sort((a, b) => a.createIndex - b.createIndex),
      away: new Set(nodes.map(({ id }) => id)),
    };
    const ranked = versionsThatMatter(versions, reading);
    const rankOf: RankOf = new Map(ranked.map((job, rank) => [job.version, { rank, job }]));
    const live = reading.live.map((one) => allocationText(one, rankOf, reading)).sort();
    // What was stopped is history, except where the next plan has yet to say that it is lost.
    const lost = allocations.filter(
      (one) => isServerTerminal(one) && !isClientTerminal(one) && reading.away.has(one.nodeId),
    );
    return [
      versionsText(ranked, reading),
      reading.deployments.map((one) => deploymentText(one, rankOf, timeLeft)).join(";"),
      live.join(";"),
      lost.length,
    ].join("|");
  };
}

/** A state as it is read: the same for all of its parts. */
interface Reading {
  readonly prospects: Prospects;
  readonly specificationOf: (job: Job) => string;
  /** What a version that says the same adopts, whatever the counts. */
  readonly tasksOf: (job: Job) => string;
  readonly current: Job | undefined;
  readonly live: readonly Allocation[];
  /** Oldest first. */
  readonly deployments: readonly Deployment[];
  readonly away: ReadonlySet<string>;
}

type RankOf = ReadonlyMap<number, { readonly rank: number; readonly job: Job }>;

/** Jobs are shared between states: each is written out once. */
function writtenOnce(write: (job: Job) => string): (job: Job) => string {
  const known = new WeakMap<Job, string>();
  return (job) => {
    const text = known.get(job) ?? write(job);
    known.set(job, text);
    return text;
  };
}

/** The current one, those that something runs, was or is rolled out, or may go back to; newest first. */
function versionsThatMatter(
  versions: readonly Job[],
  { prospects: { submits, rollsBack }, specificationOf, current, live, deployments }: Reading,
): readonly Job[] {
  const used = new Set([...live, ...deployments].map(({ jobVersion }) => jobVersion));
  const stable = new Set<string>();
  const said = new Set<string>();
  const newestFirst = [...versions].sort((a, b) => b.version - a.version);
  return newestFirst.filter((job) => {
    const specification = specificationOf(job);
    // Of several stable ones that say the same a rollback goes to the newest; whichever says something can be submitted again.
    const isTarget = rollsBack && job.stable === true && !stable.has(specification);
    const isNew = submits && !said.has(specification);
    said.add(specification);
    if (job.stable === true) stable.add(specification);
    return job === current || used.has(job.version) || isTarget || isNew;
  });
}

function versionsText(versions: readonly Job[], { tasksOf, prospects: { rollsBack } }: Reading): string {
  const numbers = new Map<string, number>();
  return versions
    .map((job, rank) => {
      const tasks = tasksOf(job);
      const number = numbers.get(tasks) ?? numbers.size;
      numbers.set(tasks, number);
      const counts = job.groups.map(({ count }) => count).join(",");
      const marks = [
        job.stable === true && (rank === 0 || rollsBack) ? "s" : "",
        job.rollbackOf !== undefined && rank === 0 ? "r" : "",
        job.stop === true ? "x" : "",
      ];
      return `${number}x${counts}${marks.join("")}`;
    })
    .join(";");
}

function deploymentText(deployment: Deployment, rankOf: RankOf, timeLeft: (by: number) => number): string {
  const { jobVersion, status, groups } = deployment;
  const isOpen = isActive(deployment);
  const states = Object.values(groups).map((state) => {
    const { promoted, desiredCanaries, desiredTotal, requireProgressBy, noRoom = 0, placedCanaries } = state;
    if (!isOpen) return `${promoted ? "p" : ""}${desiredCanaries > 0 ? "c" : ""}`;
    const marks = [
      promoted ? "p" : "",
      requireProgressBy === undefined ? "" : `t${timeLeft(requireProgressBy)}`,
      placedCanaries.length > 0 ? "c" : "",
    ];
    return `${desiredCanaries}/${desiredTotal}/${noRoom}${marks.join("")}`;
  });
  return `${rankOf.get(jobVersion)?.rank ?? "?"}${status}${states.join(",")}`;
}

function allocationText(
  allocation: Allocation,
  rankOf: RankOf,
  { deployments, away, current, tasksOf, prospects }: Reading,
): string {
  const { id, name, group, jobVersion, clientStatus, deploymentId, deploymentStatus } = allocation;
  const { desiredTransition, nextAllocation, nodeId } = allocation;
  const version = rankOf.get(jobVersion);
  const deployment = deployments.findIndex((one) => one.id === deploymentId && isActive(one));
  // A canary of a deployment that succeeded is an ordinary allocation.
  const canaryOf = deployments.findIndex(
    ({ groups, status }) => status !== "successful" && groups[group]?.placedCanaries.includes(id),
  );
  // Outside a deployment health matters where a deployment may adopt the allocation, for it is kept then.
  const mayBeAdopted =
    prospects.submits ||
    prospects.rollsBack ||
    (version !== undefined && current !== undefined && tasksOf(version.job) === tasksOf(current));
  const health = deployment >= 0 || mayBeAdopted ? deploymentStatus?.healthy : undefined;
  const isCanary = deploymentStatus?.canary === true && (deployment >= 0 || canaryOf >= 0);
  const marks = [
    health === undefined ? "" : health ? "h" : "u",
    isCanary ? "c" : "",
    canaryOf < 0 ? "" : `C${canaryOf}`,
    desiredTransition === undefined ? "" : JSON.stringify(desiredTransition),
    nextAllocation === undefined ? "" : "n",
    away.has(nodeId) ? "a" : "",
  ];
  return `${group} ${nameIndex(name)} ${version?.rank ?? "?"} ${clientStatus} ${deployment} ${marks.join("")}`;
}
