import {
  type Allocation,
  currentJob,
  type Deployment,
  isActive,
  isClientTerminal,
  isServerTerminal,
  isTerminal,
} from "../../model/index.js";
import { allocationsOf, type Change, changing } from "../change.js";
import { keepFollowUps } from "../follow-ups.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { forgetPurged, pruned } from "../versions.js";

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

/** Lost, and its replacement waits for its node to have stopped it (D 38). */
function isWaitedFor(allocation: Allocation): boolean {
  return (
    allocation.clientStatus === "lost" &&
    allocation.followUpEvaluationId !== undefined &&
    allocation.nextAllocation === undefined
  );
}

function collectDeployments({ draft, before }: Change, keep: number): void {
  const job = currentJob(before.versions);
  const newestFirst = [...before.deployments].sort(
    (a, b) => b.createIndex - a.createIndex || (a.id < b.id ? 1 : -1),
  );
  const live = new Set<string>();
  for (const one of before.allocations) if (!isTerminal(one)) live.add(one.id);
  const proving = new Set(Object.values(provingDeployments(newestFirst)));
  let ended = 0;
  const kept = new Set(
    newestFirst.filter((one, rank) => {
      if (isActive(one) || rank === 0 || proving.has(one)) return true;
      const isCurrent = one.jobVersion === job?.version && one.jobCreateIndex === job.createIndex;
      const cancels = Object.values(one.groups).some(({ placedCanaries }) =>
        placedCanaries.some((id) => live.has(id)),
      );
      return ++ended <= keep || isCurrent || cancels;
    }),
  );
  if (kept.size === before.deployments.length) return;
  draft.deployments = draft.deployments.filter((_, at) => {
    const own = before.deployments[at];
    return own === undefined || kept.has(own);
  });
}

/** By group, the newest one that proves a version of it (rule 12). */
function provingDeployments(newestFirst: readonly Deployment[]): { readonly [group: string]: Deployment } {
  const proving: Record<string, Deployment> = {};
  for (const deployment of newestFirst) {
    if (deployment.status === "failed") continue;
    for (const [group, { promoted, desiredCanaries }] of Object.entries(deployment.groups)) {
      const proves = promoted || (desiredCanaries === 0 && deployment.status !== "cancelled");
      const known = Object.hasOwn(proving, group) ? proving[group] : undefined;
      if (proves && (known === undefined || deployment.jobVersion > known.jobVersion))
        proving[group] = deployment;
    }
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
