import {
  type Allocation,
  isClientTerminal,
  isServerTerminal,
  type TaskGroup,
  VerdigrisError,
} from "../model/index.js";
import { canonicalOrder } from "./canonical-order.js";
import { requireGroupName, unknownGroup, unknownVersion } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import {
  CLIENT_TERMINAL,
  FAILED,
  HEALTHY,
  ODD,
  OF_CURRENT,
  SERVER_TERMINAL,
  UNHEALTHY,
  UNKNOWN,
} from "./marks.js";
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
  readonly allocations: readonly Allocation[];
  readonly nameIndexes: readonly number[];
  /** Two of them bear one name. */
  readonly shareNames: boolean;
  readonly versions: readonly GroupVersion[];
  /** Each of them once. */
  readonly distinctVersions: readonly GroupVersion[];
  readonly marks: readonly number[];
  /** Every mark that any of them bears. */
  readonly anyMark: number;
}

/** Reads a group: each allocation is looked at once here, and the rules look at numbers. */
export function readGroup(
  evaluation: Evaluation,
  name: string,
  group: TaskGroup | undefined,
  members: readonly Allocation[],
): GroupReading {
  requireGroupName(name);
  const removed = evaluation.isStopped || group === undefined || group.count === 0;
  const { allocations, nameIndexes } = canonicalOrder(members);
  const known: KnownVersion[] = [];
  const versions: GroupVersion[] = [];
  const marks: number[] = [];
  let anyMark = 0;
  let last: KnownVersion | undefined;
  let shareNames = false;
  for (const allocation of allocations) {
    // Neighbours mostly share a version, so the last answer is asked first.
    if (last === undefined || !isOf(allocation, last)) last = versionFor(evaluation, name, allocation, known);
    if (last.version.group === undefined) requireVersion(evaluation, allocation, last.version, removed);
    const own = ownMarks(allocation, evaluation.current?.id);
    if (marks.length > 0 && nameIndexes[marks.length] === nameIndexes[marks.length - 1]) shareNames = true;
    versions.push(last.version);
    marks.push(own);
    anyMark |= own;
  }
  return {
    name,
    group,
    removed,
    allocations,
    nameIndexes,
    shareNames,
    versions,
    distinctVersions: known.map(({ version }) => version),
    marks,
    anyMark,
  };
}

interface KnownVersion {
  readonly createIndex: number;
  readonly number: number;
  readonly version: GroupVersion;
}

function isOf({ jobCreateIndex, jobVersion }: Allocation, { createIndex, number }: KnownVersion): boolean {
  return jobVersion === number && jobCreateIndex === createIndex;
}

function versionFor(
  evaluation: Evaluation,
  group: string,
  allocation: Allocation,
  known: KnownVersion[],
): KnownVersion {
  const found = known.find((entry) => isOf(allocation, entry));
  if (found !== undefined) return found;
  const { jobCreateIndex: createIndex, jobVersion: number } = allocation;
  const added = {
    createIndex,
    number,
    version: groupVersion(evaluation.versions, group, createIndex, number),
  };
  known.push(added);
  return added;
}

/** Refuses an allocation whose version nobody knows, unless nobody asks for it. */
function requireVersion(
  evaluation: Evaluation,
  allocation: Allocation,
  { job }: GroupVersion,
  mayBeUnknown: boolean,
): void {
  if (isHistory(allocation)) return;
  if (job === undefined && !evaluation.isStopped) throw unknownVersion(allocation);
  if (job !== undefined && !mayBeUnknown) throw unknownGroup(allocation);
}

/** What the server stopped, and what ended and was replaced: nobody asks for its version, which may be pruned. */
function isHistory(allocation: Allocation): boolean {
  return (
    isServerTerminal(allocation) || (isClientTerminal(allocation) && allocation.nextAllocation !== undefined)
  );
}

/** What an allocation says of itself. */
export function ownMarks(allocation: Allocation, currentDeploymentId: string | undefined): number {
  const { deploymentId, deploymentStatus } = allocation;
  const healthy = deploymentStatus?.healthy;
  const marks =
    desiredMark(allocation) |
    clientMark(allocation) |
    (deploymentId !== undefined && deploymentId === currentDeploymentId ? OF_CURRENT : 0) |
    (healthy === undefined ? 0 : healthy ? HEALTHY : UNHEALTHY);
  const isAsItShouldBe =
    (marks & (SERVER_TERMINAL | CLIENT_TERMINAL | UNKNOWN)) === 0 &&
    allocation.clientStatusHistory === undefined &&
    allocation.desiredTransition === undefined;
  return isAsItShouldBe ? marks : marks | ODD;
}

function desiredMark(allocation: Allocation): number {
  const { desiredStatus } = allocation;
  if (desiredStatus === "run") return 0;
  if (desiredStatus === "stop" || desiredStatus === "evict") return SERVER_TERMINAL;
  throw unknownStatus(allocation, "desiredStatus", desiredStatus);
}

function clientMark(allocation: Allocation): number {
  const { clientStatus } = allocation;
  switch (clientStatus) {
    case "running":
    case "pending":
      return 0;
    case "complete":
    case "lost":
      return CLIENT_TERMINAL;
    case "failed":
      return CLIENT_TERMINAL | FAILED;
    case "unknown":
      return UNKNOWN;
    default:
      throw unknownStatus(allocation, "clientStatus", clientStatus);
  }
}

function unknownStatus(allocation: Allocation, field: string, status: never): VerdigrisError {
  return new VerdigrisError(
    "unknown_status",
    `Allocation "${allocation.id}" has ${field} "${String(status)}", which does not exist.`,
    { allocationId: allocation.id, field, status: String(status) },
  );
}
