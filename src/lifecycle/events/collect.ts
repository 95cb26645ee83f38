import {
  type Allocation,
  currentJob,
  type Deployment,
  groupOf,
  isActive,
  isClientTerminal,
  isServerTerminal,
  isTerminal,
  type Job,
  provenDeployment,
} from "../../model/index.js";
import { allocationsOf, type Change, changing } from "../change.js";
import { keepFollowUps } from "../follow-ups.js";
import { isOfVersion, type JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { forgetPurged, isWaitedFor, pruned } from "../versions.js";

/** History is forgotten. @public */
export interface Collect {
  readonly now: number;
  /** Only allocations that nothing happened to since then (milliseconds since the epoch). */
  readonly before: number;
  /** How many deployments that ended are kept, the newest. */
  readonly keepDeployments: number;
}

/**
 * Forgets what is over: allocations that ended and are stopped or replaced, old deployments that ended, old versions.
 * Never what the next plan depends on: what is still waited for, the deployment that proves the version to keep alive.
 *
 * @example
 * ```ts
 * const { changed } = collect(canarying, { before: 0, keepDeployments: 5, now });
 * changed; // false
 * ```
 *
 * @public
 */
export function collect(state: JobState, { now, before, keepDeployments }: Collect): Transition {
  return changing(state, now, (change) => {
    const kept = keptAllocations(state, before);
    if (kept.length < state.allocations.length) change.ownAllocations = kept;
    collectDeployments(change, keepDeployments);
    collectVersions(change);
    collectNodes(change);
    keepFollowUps(change);
    forgetPurged(change);
    return {};
  });
}

function keptAllocations({ allocations, versions }: JobState, before: number): Allocation[] {
  const job = currentJob(versions);
  // What a batch job has run counts, as long as it is of the current version.
  const counts = (one: Allocation): boolean =>
    job?.type === "batch" &&
    job.stop !== true &&
    one.jobVersion === job.version &&
    one.jobCreateIndex === job.createIndex;
  const isOver = (one: Allocation): boolean =>
    isClientTerminal(one) &&
    (isServerTerminal(one) || one.nextAllocation !== undefined) &&
    one.modifiedAt < before &&
    !counts(one) &&
    !isWaitedFor(one);
  // A link of a chain that begins with one that may come back is needed when it does.
  const linked = new Set<string>();
  const byId = new Map(allocations.map((one) => [one.id, one]));
  for (const one of allocations) {
    if (one.clientStatus !== "unknown") continue;
    for (let next = byId.get(one.nextAllocation ?? ""); next !== undefined && !linked.has(next.id); ) {
      linked.add(next.id);
      next = byId.get(next.nextAllocation ?? "");
    }
  }
  return allocations.filter((one) => linked.has(one.id) || !isOver(one));
}

/** Terminal ones beyond the newest few, except those that the next plans still look at. */
function collectDeployments(change: Change, keep: number): void {
  const { before } = change;
  const newestFirst = [...before.deployments].sort(
    (a, b) => b.createIndex - a.createIndex || (a.id < b.id ? 1 : -1),
  );
  const newest = newestFirst.filter((one) => !isActive(one)).slice(0, keep);
  const kept = new Set([...newest, ...neededDeployments(before, newestFirst)]);
  if (kept.size === before.deployments.length) return;
  change.ownDeployments = before.deployments.filter((one) => kept.has(one));
}

/** The latest, what proves the current version, those that prove what is kept alive, and those with canaries to cancel. */
function neededDeployments(
  { versions, allocations }: JobState,
  newestFirst: readonly Deployment[],
): readonly Deployment[] {
  const job = currentJob(versions);
  const live = new Set(allocations.flatMap((one) => (isTerminal(one) ? [] : [one.id])));
  const isCurrent = (one: Deployment): boolean => job !== undefined && isOfVersion(one, job);
  const proving = provingDeployments(versions, newestFirst, isCurrent);
  return newestFirst.filter((one, rank) => {
    const cancels = Object.values(one.groups).some(({ placedCanaries }) =>
      placedCanaries.some((id) => live.has(id)),
    );
    // Of the current version's, one that succeeded proves it (D 43); one that failed matters as the latest only.
    const isProof = isCurrent(one) && one.status === "successful";
    return rank === 0 || isActive(one) || isProof || proving.has(one) || cancels;
  });
}

/** By group, what proves the version to keep alive as long as the current one does not (rule 12). */
function provingDeployments(
  versions: readonly Job[],
  deployments: readonly Deployment[],
  isCurrent: (one: Deployment) => boolean,
): ReadonlySet<Deployment> {
  const registration = currentJob(versions)?.createIndex;
  const proving = new Set<Deployment>();
  for (const group of new Set(deployments.flatMap(({ groups }) => Object.keys(groups)))) {
    const proven = provenDeployment(deployments, group, (one) => {
      if (isCurrent(one) || one.jobCreateIndex !== registration) return false;
      const job = versions.find((version) => isOfVersion(one, version));
      return job !== undefined && groupOf(job, group) !== undefined;
    });
    if (proven !== undefined) proving.add(proven);
  }
  return proving;
}

function collectVersions(change: Change): void {
  const { versions } = change.before;
  const kept = new Set(pruned(versions, allocationsOf(change)));
  if (kept.size === versions.length) return;
  change.draft.versions = change.draft.versions.filter((_, at) => {
    const own = versions[at];
    return own === undefined || kept.has(own);
  });
}

/** A node that no longer exists is forgotten with its last allocation. */
function collectNodes(change: Change): void {
  const nodes = change.before.nodes ?? [];
  if (!nodes.some(({ status }) => status === "gone")) return;
  const inUse = new Set(allocationsOf(change).map(({ nodeId }) => nodeId));
  const kept = nodes.filter(({ id, status }) => status !== "gone" || inUse.has(id));
  if (kept.length < nodes.length) change.draft.nodes = kept as NonNullable<typeof change.draft.nodes>;
}
