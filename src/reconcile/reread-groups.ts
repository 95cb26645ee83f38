import { type Allocation, nameIndex } from "../model/index.js";
import { isOf, ownMarks, requireVersion } from "./allocation-marks.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupReading } from "./group-reading.js";
import type { GroupVersion } from "./versions.js";

/** Where more than one in this many has changed, reading everything again takes no longer. */
const FEW = 8;

/** One allocation that changed: where its reading is to change, and to what. */
interface Reread {
  readonly at: number;
  readonly allocation: Allocation;
  readonly version: GroupVersion;
  readonly marks: number;
}

/**
 * Brings the readings up to what the allocations say after a few of them changed, and answers whether it could. Where it
 * could not - some came or went, or are of a version that none was of - and where it throws, the readings are as before.
 */
export function rereadGroups(
  evaluation: Evaluation,
  readings: readonly GroupReading[],
  before: readonly Allocation[],
  after: readonly Allocation[],
): boolean {
  if (before === after) return true;
  const changed = changedBetween(before, after);
  if (changed === undefined) return false;
  const rereads = new Map(readings.map((reading) => [reading.name, { reading, changed: [] as Reread[] }]));
  for (const allocation of changed) {
    const of = rereads.get(allocation.group);
    const reread = of === undefined ? undefined : readAgain(evaluation, of.reading, allocation);
    if (reread === undefined) return false;
    of?.changed.push(reread);
  }
  for (const { reading, changed } of rereads.values()) {
    reading.allocations = reading.allocations === before ? after : withThese(reading.allocations, changed);
    for (const { at, version, marks } of changed) {
      reading.marks[at] = marks;
      reading.anyMark |= marks;
      if (reading.versions !== undefined) reading.versions[at] = version;
    }
  }
  return true;
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

function readAgain(
  evaluation: Evaluation,
  reading: GroupReading,
  allocation: Allocation,
): Reread | undefined {
  const at = positionOf(reading, allocation);
  const version = reading.distinctVersions.find((known) => isOf(allocation, known));
  if (at === undefined || version === undefined) return undefined;
  if (version.group === undefined) requireVersion(evaluation, allocation, version, reading.removed);
  return { at, allocation, version, marks: ownMarks(allocation, evaluation.current?.id) };
}

function withThese(allocations: readonly Allocation[], changed: readonly Reread[]): readonly Allocation[] {
  if (changed.length === 0) return allocations;
  const now = allocations.slice();
  for (const { at, allocation } of changed) now[at] = allocation;
  return now;
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
