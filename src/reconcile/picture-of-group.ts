import {
  type Allocation,
  type DeploymentState,
  deploymentStateOf,
  isClientTerminal,
  isServerTerminal,
  progressDeadlineOf,
  type TaskGroup,
  UPDATE_DEFAULTS,
  type UpdateStrategy,
  updateStrategyOf,
  VerdigrisError,
} from "../model/index.js";
import { canonicalOrder } from "./canonical-order.js";
import { requireGroupName, unknownGroup, unknownVersion } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupPicture } from "./group-picture.js";
import { FAILED, SERVER_TERMINAL, UNKNOWN } from "./marks.js";
import { type GroupVersion, groupVersion } from "./versions.js";

/** Draws the picture of one group: its allocations in order, their versions, and what each says of itself. */
export function pictureOf(
  evaluation: Evaluation,
  name: string,
  group: TaskGroup | undefined,
  members: readonly Allocation[],
): GroupPicture {
  requireGroupName(name);
  const removed = evaluation.isStopped || group === undefined || group.count === 0;
  const { allocations, nameIndexes } = canonicalOrder(members);
  const update = group === undefined || evaluation.isBatch ? undefined : updateStrategyOf(group);
  const existing = deploymentStateOf(evaluation.current, name);
  return {
    name,
    group,
    count: group?.count ?? 0,
    update,
    allocations,
    versions: versionsOf(evaluation, name, allocations, removed),
    nameIndexes,
    marks: ownMarks(allocations),
    ignored: new Array(allocations.length),
    stopped: new Array(allocations.length),
    state: existing === undefined ? freshState(update) : { ...existing },
    stateExists: existing !== undefined,
    hasCurrentVersion: false,
    stateIsNew: false,
    stateChanged: false,
    wishes: { reschedule: [], lost_after: [], stop_on_client_after: [] },
    dueAt: new Map(),
    wakeAt: Number.POSITIVE_INFINITY,
    waitsForClientUntil: 0,
    canaries: 0,
    wantsCanaries: false,
    destructive: 0,
    placements: [],
    replacements: [],
    proven: undefined,
    planned: 0,
    withoutVersion: 0,
    budget: 0,
    undecided: 0,
    unhealthy: 0,
    removed,
    complete: false,
  };
}

/** Rule 3.3: the state that a group gets in a deployment that does not know it yet. */
function freshState(update: UpdateStrategy | undefined): DeploymentState {
  return {
    autoRevert: update?.autoRevert ?? UPDATE_DEFAULTS.autoRevert,
    autoPromote: update?.autoPromote ?? UPDATE_DEFAULTS.autoPromote,
    progressDeadline: update === undefined ? 0 : progressDeadlineOf(update),
    promoted: false,
    placedCanaries: [],
    desiredCanaries: 0,
    desiredTotal: 0,
    placedAllocs: 0,
    healthyAllocs: 0,
    unhealthyAllocs: 0,
  };
}

/** The version of each. Neighbours mostly share one, so the last answer is asked first. */
function versionsOf(
  evaluation: Evaluation,
  name: string,
  allocations: readonly Allocation[],
  mayBeUnknown: boolean,
): GroupVersion[] {
  const versions: GroupVersion[] = [];
  const known: { createIndex: number; number: number; version: GroupVersion }[] = [];
  let last: (typeof known)[number] | undefined;
  for (const allocation of allocations) {
    const { jobCreateIndex: createIndex, jobVersion: number } = allocation;
    if (last === undefined || last.number !== number || last.createIndex !== createIndex) {
      last = known.find((entry) => entry.number === number && entry.createIndex === createIndex);
      if (last === undefined) {
        const version = groupVersion(evaluation.versions, name, createIndex, number);
        last = { createIndex, number, version };
        known.push(last);
      }
    }
    if (last.version.group === undefined && !isHistory(allocation)) {
      if (last.version.job === undefined && !evaluation.isStopped) throw unknownVersion(allocation);
      if (last.version.job !== undefined && !mayBeUnknown) throw unknownGroup(allocation);
    }
    versions.push(last.version);
  }
  return versions;
}

/** What the server stopped, and what ended and was replaced: nobody asks for its version, which may be pruned. */
function isHistory(allocation: Allocation): boolean {
  return (
    isServerTerminal(allocation) || (isClientTerminal(allocation) && allocation.nextAllocation !== undefined)
  );
}

function ownMarks(allocations: readonly Allocation[]): Int32Array {
  const marks = new Int32Array(allocations.length);
  for (let i = 0; i < allocations.length; i++) {
    const allocation = allocations[i];
    if (allocation === undefined) continue;
    marks[i] = desiredMark(allocation) | clientMark(allocation);
  }
  return marks;
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
    case "complete":
    case "lost":
      return 0;
    case "failed":
      return FAILED;
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
