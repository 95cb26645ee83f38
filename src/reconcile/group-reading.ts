import {
  type Allocation,
  type IgnoreAction,
  nameIndex,
  type TaskGroup,
  VerdigrisError,
} from "../model/index.js";
import { isOf, ownMarks, requireVersion } from "./allocation-marks.js";
import { canonicalOrder, mayFollow } from "./canonical-order.js";
import { requireGroupName, twin } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import { isTwin, type SeenIds } from "./find-twin.js";
import { type GroupVersion, groupVersion } from "./versions.js";

/**
 * What the allocations of one group say of themselves, in canonical order. It depends on them, on the job's versions and
 * on which deployment is the current one - not on the time nor on nodes - and no rule changes it.
 */
export interface GroupReading {
  readonly name: string;
  /** The current job's group; absent when the group is gone from it. */
  readonly group: TaskGroup | undefined;
  /** Sections 2 and 3.2: the job is stopped, or the group is gone or wants nothing. */
  readonly removed: boolean;
  allocations: readonly Allocation[];
  readonly nameIndexes: readonly number[];
  /** Two of them bear one name. */
  readonly shareNames: boolean;
  /** The versions that they run or have run, each once. */
  readonly distinctVersions: readonly GroupVersion[];
  /** That of each; absent where all run one. */
  readonly versions: GroupVersion[] | undefined;
  readonly marks: number[];
  /** Every mark that any of them bears or has borne. */
  anyMark: number;
  /** What is kept for the next plan; absent: there is none. */
  readonly kept: Kept | undefined;
}

/** What stays as it is as long as the same allocations are there: their ids, and what is said of each at rest, once somebody asked. */
export interface Kept {
  readonly ids: readonly string[];
  atRest: readonly IgnoreAction[] | undefined;
}

/** A reading that is not complete yet. */
export interface OpenReading {
  readonly name: string;
  readonly group: TaskGroup | undefined;
  readonly removed: boolean;
  /** Where the group's allocations stand among all. */
  readonly runs: { readonly from: number; readonly to: number }[];
  last: Allocation | undefined;
  readonly nameIndexes: number[];
  versions: GroupVersion[] | undefined;
  readonly marks: number[];
  readonly distinctVersions: GroupVersion[];
  /** Where there are many. */
  versionsByName: Map<string, GroupVersion> | undefined;
  anyMark: number;
  inOrder: boolean;
  shareNames: boolean;
}

/** Begins to read a group. */
export function openReading(
  { isStopped }: Evaluation,
  name: string,
  group: TaskGroup | undefined,
): OpenReading {
  requireGroupName(name);
  return {
    name,
    group,
    removed: isStopped || group === undefined || group.count === 0,
    runs: [],
    last: undefined,
    nameIndexes: [],
    versions: undefined,
    marks: [],
    distinctVersions: [],
    versionsByName: undefined,
    anyMark: 0,
    inOrder: true,
    shareNames: false,
  };
}

/**
 * Reads the group's allocations that stand together from that position on, and answers where they end. Each is looked at
 * once, here; the rules look at numbers.
 */
export function readRun(
  evaluation: Evaluation,
  reading: OpenReading,
  all: readonly Allocation[],
  from: number,
  seen: SeenIds | undefined,
): number {
  const { name, nameIndexes, marks, distinctVersions } = reading;
  const deploymentId = evaluation.current?.id;
  let { last } = reading;
  let lastIndex = nameIndexes[nameIndexes.length - 1] ?? -1;
  let version: GroupVersion | undefined;
  let at = from;
  for (; at < all.length; at++) {
    const allocation = all[at];
    if (allocation === undefined || allocation.group !== name) break;
    if (seen !== undefined && isTwin(seen, all, at)) {
      throw twin("duplicate_allocation", "allocation", allocation.id);
    }
    const index = nameIndex(allocation.name);
    if (index < 0) throw badName(allocation);
    if (last !== undefined && !mayFollow(last, lastIndex, allocation, index)) reading.inOrder = false;
    if (index === lastIndex) reading.shareNames = true;
    // Neighbours mostly share a version, so the last answer is asked first.
    if (version === undefined || !isOf(allocation, version))
      version = versionFor(evaluation, reading, allocation);
    if (version.group === undefined) requireVersion(evaluation, allocation, version, reading.removed);
    const own = ownMarks(allocation, deploymentId);
    nameIndexes.push(index);
    if (reading.versions !== undefined) reading.versions.push(version);
    else if (version !== distinctVersions[0]) reading.versions = versionsUntil(reading, version);
    marks.push(own);
    reading.anyMark |= own;
    last = allocation;
    lastIndex = index;
  }
  reading.last = last;
  reading.runs.push({ from, to: at });
  return at;
}

/** Puts what was read into canonical order. */
export function completed(reading: OpenReading, all: readonly Allocation[], keeps: boolean): GroupReading {
  const { name, group, removed, distinctVersions, anyMark } = reading;
  const order = reading.inOrder ? undefined : canonicalOrder(membersOf(reading, all), reading.nameIndexes);
  const allocations = inOrder(membersOf(reading, all), order);
  const nameIndexes = inOrder(reading.nameIndexes, order);
  return {
    name,
    group,
    removed,
    allocations,
    nameIndexes,
    shareNames:
      order === undefined ? reading.shareNames : nameIndexes.some((index, i) => index === nameIndexes[i - 1]),
    distinctVersions,
    versions: reading.versions === undefined ? undefined : inOrder(reading.versions, order),
    marks: inOrder(reading.marks, order),
    anyMark,
    kept: keeps ? { ids: allocations.map(({ id }) => id), atRest: undefined } : undefined,
  };
}

function membersOf({ runs }: OpenReading, all: readonly Allocation[]): readonly Allocation[] {
  const [first] = runs;
  if (first === undefined) return [];
  if (runs.length > 1) return runs.flatMap(({ from, to }) => all.slice(from, to));
  return first.from === 0 && first.to === all.length ? all : all.slice(first.from, first.to);
}

/** The items in that order; nothing: as they are. */
function inOrder<T>(items: T[], order: readonly number[] | undefined): T[];
function inOrder<T>(items: readonly T[], order: readonly number[] | undefined): readonly T[];
function inOrder<T>(items: readonly T[], order: readonly number[] | undefined): readonly T[] {
  if (order === undefined) return items;
  const ordered: T[] = [];
  for (const at of order) {
    const item = items[at];
    if (item !== undefined) ordered.push(item);
  }
  return ordered;
}

/** One of another version is met: from now on that of each is noted. */
function versionsUntil({ distinctVersions, marks }: OpenReading, latest: GroupVersion): GroupVersion[] {
  const [first = latest] = distinctVersions;
  return [...marks.map(() => first), latest];
}

function versionFor(evaluation: Evaluation, reading: OpenReading, allocation: Allocation): GroupVersion {
  const { distinctVersions } = reading;
  const { jobCreateIndex, jobVersion } = allocation;
  const isMany = distinctVersions.length > FEW_VERSIONS;
  if (isMany && reading.versionsByName === undefined) {
    reading.versionsByName = new Map(
      distinctVersions.map((one) => [`${one.createIndex} ${one.number}`, one]),
    );
  }
  const found = isMany
    ? reading.versionsByName?.get(`${jobCreateIndex} ${jobVersion}`)
    : distinctVersions.find((known) => isOf(allocation, known));
  if (found !== undefined) return found;
  const version = groupVersion(evaluation.versions, reading.name, jobCreateIndex, jobVersion);
  distinctVersions.push(version);
  reading.versionsByName?.set(`${jobCreateIndex} ${jobVersion}`, version);
  return version;
}

/** Up to so many are looked through. */
const FEW_VERSIONS = 8;

function badName(allocation: Allocation): VerdigrisError {
  return new VerdigrisError(
    "bad_name",
    `Allocation "${allocation.id}" is called "${allocation.name}"; a name ends in its index: "<jobId>.<group>[<index>]".`,
    { allocationId: allocation.id, name: allocation.name },
  );
}
