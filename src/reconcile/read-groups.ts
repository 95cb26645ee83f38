import type { Allocation } from "../model/index.js";
import { twin } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import { seenIds } from "./find-twin.js";
import { completed, type GroupReading, type OpenReading, openReading, readRun } from "./group-reading.js";

/**
 * Reads all groups, in canonical order: as the current job lists them, then those that only allocations still have.
 * With `keeps`, what stays the same as long as the same allocations are there is kept beside.
 */
export function readGroups(
  evaluation: Evaluation,
  allocations: readonly Allocation[],
  keeps = false,
): GroupReading[] {
  const seen = seenIds(allocations);
  if (typeof seen === "string") throw twin("duplicate_allocation", "allocation", seen);
  const open = new Map<string, OpenReading>();
  for (const group of evaluation.job?.groups ?? []) {
    open.set(group.name, openReading(evaluation, group.name, group));
  }
  const inJob = open.size;
  for (let at = 0; at < allocations.length; ) {
    const next = allocations[at];
    if (next === undefined) throw new TypeError(`the list of allocations has a hole at ${at}`);
    let reading = open.get(next.group);
    if (reading === undefined) {
      reading = openReading(evaluation, next.group, undefined);
      open.set(next.group, reading);
    }
    at = readRun(evaluation, reading, allocations, at, seen);
  }
  const readings: GroupReading[] = [];
  for (const reading of open.values()) readings.push(completed(reading, allocations, keeps));
  if (readings.length === inJob) return readings;
  const gone = readings.splice(inJob).sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...readings, ...gone];
}
