import type { Allocation } from "../model/index.js";
import { twin } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import { seenIds } from "./find-twin.js";
import { completed, type GroupReading, type OpenReading, openReading, readRun } from "./group-reading.js";

/** Reads all groups, in canonical order: as the current job lists them, then those that only allocations still have. */
export function readGroups(evaluation: Evaluation, allocations: readonly Allocation[]): GroupReading[] {
  const seen = seenIds(allocations);
  if (typeof seen === "string") throw twin("duplicate_allocation", "allocation", seen);
  const open = new Map<string, OpenReading>();
  for (const group of evaluation.job?.groups ?? []) {
    open.set(group.name, openReading(evaluation, group.name, group));
  }
  const inJob = open.size;
  let at = 0;
  for (let next = allocations[at]; next !== undefined; next = allocations[at]) {
    let reading = open.get(next.group);
    if (reading === undefined) {
      reading = openReading(evaluation, next.group, undefined);
      open.set(next.group, reading);
    }
    at = readRun(evaluation, reading, allocations, at, seen);
  }
  const readings: GroupReading[] = [];
  for (const reading of open.values()) readings.push(completed(reading, allocations));
  if (readings.length === inJob) return readings;
  const gone = readings.splice(inJob).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...readings, ...gone];
}
