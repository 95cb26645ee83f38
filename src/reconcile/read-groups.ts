import type { Allocation } from "../model/index.js";
import { byGroup } from "./canonical-order.js";
import { refuseTwins } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import { type GroupReading, readGroup } from "./group-reading.js";

/** Reads all groups, in canonical order: as the current job lists them, then those that only allocations still have. */
export function readGroups(evaluation: Evaluation, allocations: readonly Allocation[]): GroupReading[] {
  refuseTwins("duplicate_allocation", "allocation", allocations);
  const members = byGroup(allocations);
  const readings: GroupReading[] = [];
  for (const group of evaluation.job?.groups ?? []) {
    readings.push(readGroup(evaluation, group.name, group, members.get(group.name) ?? []));
    members.delete(group.name);
  }
  for (const name of [...members.keys()].sort()) {
    readings.push(readGroup(evaluation, name, undefined, members.get(name) ?? []));
  }
  return readings;
}
