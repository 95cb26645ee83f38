import {
  type DeploymentState,
  deploymentStateOf,
  progressDeadlineOf,
  UPDATE_DEFAULTS,
  type UpdateStrategy,
  updateStrategyOf,
} from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupPicture } from "./group-picture.js";
import type { GroupReading } from "./group-reading.js";

/** Draws the picture of one group from what its allocations say; the rules decide in it. */
export function pictureOf(evaluation: Evaluation, reading: GroupReading): GroupPicture {
  const { name, group, allocations } = reading;
  const update = group === undefined || evaluation.isBatch ? undefined : updateStrategyOf(group);
  const existing = deploymentStateOf(evaluation.current, name);
  return {
    name,
    group,
    count: group?.count ?? 0,
    update,
    allocations,
    versions: reading.versions,
    distinctVersions: reading.distinctVersions,
    nameIndexes: reading.nameIndexes,
    shareNames: reading.shareNames,
    marks: reading.marks,
    ownMarks: undefined,
    kept: reading.kept,
    everMarked: reading.anyMark,
    ignored: [],
    stopped: [],
    state: existing === undefined ? freshState(update) : { ...existing },
    stateExists: existing !== undefined,
    hasCurrentVersion: false,
    stateIsNew: false,
    stateChanged: false,
    wishes: { reschedule: [], lost_after: [], stop_on_client_after: [] },
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
    removed: reading.removed,
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
