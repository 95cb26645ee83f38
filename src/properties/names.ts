import { type Allocation, nameIndex } from "../model/index.js";
import { fillsPlace, isUnpromotedCanary, readGroups, type Verdict } from "./plan-reading.js";
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
    readGroups(input, plan).flatMap((reading) => {
      const held = new Map<number, string[]>();
      for (const { allocation, verdict } of reading.verdicts) {
        if (!isUnpromotedCanary(reading, allocation) && (fillsPlace(verdict) || mayComeBack(verdict))) {
          const index = nameIndex(allocation.name);
          held.set(index, [...(held.get(index) ?? []), allocation.id]);
        }
      }
      const byId = new Map(reading.verdicts.map(({ allocation }) => [allocation.id, allocation]));
      const bearers = new Map<string, number>();
      const present = reading.verdicts.filter(
        ({ verdict }) => verdict.kind !== "ignore" || verdict.reason.code !== "history",
      );
      for (const { name } of [...present.map(({ allocation }) => allocation), ...reading.placings])
        bearers.set(name, (bearers.get(name) ?? 0) + 1);
      const isTwin = ({ name }: Allocation): boolean => (bearers.get(name) ?? 0) > 1;
      // Beside canaries, and what is away or ended and holds a name all the same, others may have given theirs up for the same twins.
      const isPlain =
        reading.placings.every(({ kind }) => kind !== "canary") &&
        present.every(
          ({ allocation: { clientStatus }, verdict }) =>
            (clientStatus === "running" || clientStatus === "pending") && verdict.kind !== "disconnect",
        );
      const replaced = new Set(reading.placings.map(({ previousAllocation }) => previousAllocation));
      const found: Wrong[] = [];
      const given = new Set<number>();
      for (const placing of reading.placings) {
        const previous = byId.get(placing.previousAllocation ?? "");
        if (previous !== undefined && placing.name !== previous.name && !isTwin(previous))
          found.push(
            wrong`${{ name: placing.name }} replaces ${{ allocationId: previous.id }}, which is called ${{ expected: previous.name }}`,
          );
        if (placing.kind === "canary") continue;
        const isNew = placing.kind === "place" && placing.reason.code === "missing";
        const index = nameIndex(placing.name);
        if (isNew && index >= reading.count)
          found.push(wrong`${{ name: placing.name }} is new and not below ${{ count: reading.count }}`);
        const others = (held.get(index) ?? []).filter((id) =>
          isNew ? id !== placing.previousAllocation : !replaced.has(id),
        );
        const isTaken = others.length > 0 || given.has(index);
        given.add(index);
        if (!isTaken || (!isNew && !isPlain)) continue;
        const taken = new Set([
          ...held.keys(),
          ...given,
          ...reading.placings.map(({ name }) => nameIndex(name)),
        ]);
        const free = Array.from({ length: Math.min(reading.count, 10_000) }, (_, n) => n).find(
          (n) => !taken.has(n),
        );
        if (free !== undefined) found.push(wrong`${{ name: placing.name }} is taken, ${{ free }} is free`);
      }
      return found;
    }),
};

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
