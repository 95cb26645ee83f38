import { type Allocation, nameIndex } from "../model/index.js";
import { isOf, ownMarks, requireVersion } from "./allocation-marks.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupReading } from "./group-reading.js";

/** Where more than one in this many has changed, reading everything again takes no longer. */
const FEW = 8;

/**
 * What the groups' allocations say after a few of them changed; nothing where the earlier readings do not tell: some came
 * or went, or are of a version that none was of.
 */
export function rereadGroups(
  evaluation: Evaluation,
  readings: readonly GroupReading[],
  before: readonly Allocation[],
  after: readonly Allocation[],
): readonly GroupReading[] | undefined {
  if (before === after) return readings;
  const changed = changedBetween(before, after);
  if (changed === undefined) return undefined;
  const byName = new Map(readings.map((reading) => [reading.name, reading]));
  for (const name of new Set(changed.map(({ group }) => group))) {
    const reading = byName.get(name);
    const own = changed.filter(({ group }) => group === name);
    const all = reading?.allocations === before ? after : undefined;
    const reread = reading === undefined ? undefined : rereadGroup(evaluation, reading, own, all);
    if (reread === undefined) return undefined;
    byName.set(name, reread);
  }
  return [...byName.values()];
}

/** Those that another takes the place of, under the same id; nothing where that is not all. */
function changedBetween(
  before: readonly Allocation[],
  after: readonly Allocation[],
): Allocation[] | undefined {
  if (before.length !== after.length) return undefined;
  const changed: Allocation[] = [];
  for (let i = 0; i < after.length; i++) {
    const [was, is] = [before[i], after[i]];
    if (was === is) continue;
    if (was === undefined || is === undefined) return undefined;
    if (was.id !== is.id || was.group !== is.group) return undefined;
    changed.push(is);
    if (changed.length * FEW > after.length) return undefined;
  }
  return changed;
}

function rereadGroup(
  evaluation: Evaluation,
  reading: GroupReading,
  changed: readonly Allocation[],
  all: readonly Allocation[] | undefined,
): GroupReading | undefined {
  const allocations = all ?? reading.allocations.map(replacing(changed));
  const marks = reading.marks.slice();
  const versions = reading.versions?.slice();
  let { anyMark } = reading;
  for (const allocation of changed) {
    const at = positionOf(reading, allocation);
    const version = reading.distinctVersions.find((known) => isOf(allocation, known));
    if (at === undefined || version === undefined) return undefined;
    if (version.group === undefined) requireVersion(evaluation, allocation, version, reading.removed);
    const own = ownMarks(allocation, evaluation.current?.id);
    marks[at] = own;
    anyMark |= own;
    if (versions !== undefined) versions[at] = version;
  }
  return { ...reading, allocations, marks, versions, anyMark };
}

function replacing(changed: readonly Allocation[]): (allocation: Allocation) => Allocation {
  const byId = new Map(changed.map((allocation) => [allocation.id, allocation]));
  return (allocation) => byId.get(allocation.id) ?? allocation;
}

/** Halves the group until it is found: canonical order is by name index, then id. */
function positionOf(
  { allocations, nameIndexes }: GroupReading,
  { id, name }: Allocation,
): number | undefined {
  const index = nameIndex(name);
  let [from, to] = [0, allocations.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const indexThere = nameIndexes[middle] ?? -1;
    const idThere = allocations[middle]?.id ?? "";
    if (indexThere === index && idThere === id) return middle;
    if (indexThere < index || (indexThere === index && idThere < id)) from = middle + 1;
    else to = middle;
  }
  return undefined;
}
