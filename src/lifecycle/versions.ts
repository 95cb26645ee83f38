import {
  type Allocation,
  currentJob,
  isActive,
  isClientTerminal,
  isServerTerminal,
  isStopped,
  isTerminal,
  type Job,
} from "../model/index.js";
import { allocationsOf, type Change, deploymentsOf } from "./change.js";
import { type JobSpecification, withDefaults } from "./specification.js";

/** How many untagged versions of a registration are kept, the newest stable one among them. */
const KEPT_VERSIONS = 6;

/** What a new version is besides its specification. */
interface Birth {
  readonly stable?: boolean;
  readonly rollbackOf?: number;
}

/** Makes a new current version of a specification, and forgets old ones that nothing needs. Gives its number. */
export function registerVersion(change: Change, specification: JobSpecification, birth: Birth = {}): number {
  const { before, draft, index } = change;
  const previous = before.purged === true ? undefined : currentJob(before.versions);
  const { stable: _, rollbackOf: __, tag: ___, ...specified } = withDefaults(specification);
  const version: Job = {
    ...specified,
    version: previous === undefined ? 0 : previous.version + 1,
    createIndex: previous?.createIndex ?? index,
    modifyIndex: index,
    ...(birth.stable === true ? { stable: true } : {}),
    ...(birth.rollbackOf === undefined ? {} : { rollbackOf: birth.rollbackOf }),
  };
  delete draft.purged;
  draft.versions = [...pruned([...before.versions, version], allocationsOf(change))] as typeof draft.versions;
  return version.version;
}

/** The versions that are kept: of this registration by rule, of earlier ones those that are still asked for. */
export function pruned(versions: readonly Job[], allocations: readonly Allocation[]): readonly Job[] {
  const current = currentJob(versions);
  if (current === undefined) return versions;
  const newestFirst = versions
    .filter((job) => job.createIndex === current.createIndex && job.tag === undefined)
    .sort((a, b) => b.version - a.version);
  // What a rollback would go to: a version that says "stopped" never is (D 49).
  const stable = newestFirst.find((job) => job.stable === true && !isStopped(job));
  const others = newestFirst.filter((job) => job !== stable);
  const kept = new Set(others.slice(0, stable === undefined ? KEPT_VERSIONS : KEPT_VERSIONS - 1));
  if (stable !== undefined) kept.add(stable);
  const isKept = (job: Job): boolean =>
    kept.has(job) || (job.tag !== undefined && job.createIndex === current.createIndex);
  if (versions.every(isKept)) return versions;
  const needed = neededVersions(allocations);
  return versions.filter((job) => isKept(job) || needed.has(versionKey(job.createIndex, job.version)));
}

/** After a purge, or a new registration: forgets what nothing live refers to any more. */
export function forgetPurged(change: Change): void {
  const { draft } = change;
  if (draft.purged === true) forgetAll(change);
  else forgetOlderRegistrations(change);
}

/** All or nothing: the version that says "stopped" must not go before the others. */
function forgetAll(change: Change): void {
  if (allocationsOf(change).some((allocation) => !isTerminal(allocation))) return;
  const { draft } = change;
  // What its client still ends is waited for; the rest is forgotten with the job.
  const ending = allocationsOf(change).filter((allocation) => !isClientTerminal(allocation));
  if (ending.length < allocationsOf(change).length) change.ownAllocations = ending;
  draft.versions = [];
  if (deploymentsOf(change).length > 0) change.ownDeployments = [];
  delete draft.followUps;
  delete draft.purged;
  delete draft.waitsForRoom;
  delete draft.wakeAt;
}

function forgetOlderRegistrations(change: Change): void {
  const { before, draft } = change;
  // Seldom is there anything to forget: that is seen without looking into the draft.
  const was = currentJob(before.versions)?.createIndex;
  if (before.purged !== true && before.versions.every(({ createIndex }) => createIndex === was)) return;
  const registration = Math.max(...draft.versions.map(({ createIndex }) => createIndex));
  const needed = neededVersions(allocationsOf(change));
  const isNeeded = (createIndex: number, version: number): boolean =>
    createIndex === registration || needed.has(versionKey(createIndex, version));
  const versions = draft.versions.filter(({ createIndex, version }) => isNeeded(createIndex, version));
  if (versions.length < draft.versions.length) draft.versions = versions;
  const deployments = deploymentsOf(change).filter(
    (one) => isActive(one) || isNeeded(one.jobCreateIndex, one.jobVersion),
  );
  if (deployments.length < deploymentsOf(change).length) change.ownDeployments = deployments;
}

/** Lost, and its replacement waits for its node to have stopped it (D 38). */
export function isWaitedFor(allocation: Allocation): boolean {
  return (
    allocation.clientStatus === "lost" &&
    allocation.followUpEvaluationId !== undefined &&
    allocation.nextAllocation === undefined
  );
}

/** The versions that are still asked for: of every allocation that the server wants, and that was not replaced. */
function neededVersions(allocations: readonly Allocation[]): ReadonlySet<string> {
  const needed = new Set<string>();
  let createIndex = -1;
  let version = -1;
  for (const allocation of allocations) {
    const isOver =
      isServerTerminal(allocation) ||
      (isClientTerminal(allocation) && allocation.nextAllocation !== undefined);
    if (isOver && !isWaitedFor(allocation)) continue;
    // Most are of one version: no string is built for each.
    if (allocation.jobCreateIndex === createIndex && allocation.jobVersion === version) continue;
    ({ jobCreateIndex: createIndex, jobVersion: version } = allocation);
    needed.add(versionKey(createIndex, version));
  }
  return needed;
}

function versionKey(createIndex: number, version: number): string {
  return `${createIndex}/${version}`;
}
