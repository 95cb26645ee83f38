import { type Allocation, nameIndex } from "../model/index.js";
import {
  fillsPlace,
  type GroupReading,
  isUnpromotedCanary,
  readGroups,
  type Verdict,
} from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const names: PlanProperty = {
  kind: "plan",
  name: "names",
  sentence:
    "A new placement takes a free name below count while there is one; one that replaces an allocation bears its name, unless that is held twice and another is free.",
  anchor: "properties.md#names",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => [
      ...ofNewOnes(reading),
      ...ofReplacements(reading),
      ...(isPlain(reading) ? ofTwins(reading) : []),
    ]),
};

function ofNewOnes(reading: GroupReading): Wrong[] {
  const held = new Set<number>();
  for (const { allocation, verdict } of reading.verdicts) {
    if (isUnpromotedCanary(reading, allocation)) continue;
    if (fillsPlace(verdict) || mayComeBack(verdict) || isMovedAtLast(verdict, allocation)) {
      held.add(nameIndex(allocation.name));
    }
  }
  const found: Wrong[] = [];
  const given = new Set<number>();
  for (const { kind, reason, name } of reading.placings) {
    if (kind !== "place" || reason.code !== "missing") continue;
    const index = nameIndex(name);
    if (index >= reading.count)
      found.push(wrong`${{ name }} is new and not below ${{ count: reading.count }}`);
    const isTaken = held.has(index) || given.has(index);
    given.add(index);
    const free = isTaken ? freeName(reading, [...held, ...given]) : undefined;
    if (free !== undefined) found.push(wrong`${{ name }} is taken, ${{ free }} is free`);
  }
  return found;
}

/** The lowest name below count that is not held, and given to nobody in this plan. */
function freeName({ placings, count }: GroupReading, held: readonly number[]): number | undefined {
  const taken = new Set([...held, ...placings.map(({ name }) => nameIndex(name))]);
  for (let index = 0; index < count && index <= taken.size; index++) if (!taken.has(index)) return index;
  return undefined;
}

/** It is away and replaced, and keeps its name in case that its node returns. */
function mayComeBack(verdict: Verdict): boolean {
  return (
    verdict.kind === "disconnect" ||
    // Rule 13 stops it after the names are given.
    (verdict.kind === "stop" && verdict.reason.code === "surplus_unknown") ||
    (verdict.kind === "ignore" &&
      (verdict.reason.code === "unknown_and_replaced" || verdict.reason.code === "unknown_and_due"))
  );
}

/** Rule 14 comes last, except for one that is away and replaced already. */
function isMovedAtLast(verdict: Verdict, { clientStatus }: Allocation): boolean {
  return verdict.kind === "stop" && verdict.reason.code === "migrating" && clientStatus !== "unknown";
}

function ofReplacements(reading: GroupReading): Wrong[] {
  const byId = new Map(reading.verdicts.map(({ allocation }) => [allocation.id, allocation]));
  const bearers = new Map<string, number>();
  for (const { name } of [...present(reading).map(({ allocation }) => allocation), ...reading.placings])
    bearers.set(name, (bearers.get(name) ?? 0) + 1);
  return reading.placings.flatMap(({ name, previousAllocation }) => {
    const previous = byId.get(previousAllocation ?? "");
    if (previous === undefined || name === previous.name || (bearers.get(previous.name) ?? 0) > 1) return [];
    return [
      wrong`${{ name }} replaces ${{ allocationId: previous.id }}, which is called ${{ expected: previous.name }}`,
    ];
  });
}

/** What replaces one of two that bear a name gives it up. */
function ofTwins(reading: GroupReading): Wrong[] {
  const replaced = new Set(reading.placings.map(({ previousAllocation }) => previousAllocation));
  // Rule 7: what is lost holds its name too.
  const holding = present(reading).filter(
    ({ verdict }) => fillsPlace(verdict) || (verdict.kind === "stop" && verdict.reason.code === "lost"),
  );
  const staying = holding.filter(({ allocation }) => !replaced.has(allocation.id));
  const names = new Set(staying.map(({ allocation }) => nameIndex(allocation.name)));
  const free = freeName(
    reading,
    holding.map(({ allocation }) => nameIndex(allocation.name)),
  );
  if (free === undefined) return [];
  return reading.placings.flatMap(({ name, previousAllocation }) =>
    previousAllocation !== undefined && names.has(nameIndex(name))
      ? [wrong`${{ name }} is taken, ${{ free }} is free`]
      : [],
  );
}

/** Nobody is away, ended, or a canary: others may have given their names up for the same twins. */
function isPlain(reading: GroupReading): boolean {
  const hasCanaries =
    reading.placedCanaries.size > 0 || reading.placings.some(({ kind }) => kind === "canary");
  return (
    reading.job?.type !== "batch" &&
    !hasCanaries &&
    present(reading).every(
      ({ allocation: { clientStatus }, verdict }) =>
        (clientStatus === "running" || clientStatus === "pending") && verdict.kind !== "disconnect",
    )
  );
}

function present({ verdicts }: GroupReading): GroupReading["verdicts"] {
  return verdicts.filter(({ verdict }) => verdict.kind !== "ignore" || verdict.reason.code !== "history");
}
