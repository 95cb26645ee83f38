import { nameIndex } from "../model/index.js";
import { fillsPlace, isUnpromotedCanary, readGroups, type Verdict } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const names: PlanProperty = {
  kind: "plan",
  name: "names",
  sentence:
    "A new placement takes a free name below count while there is one, and at rest live names, canaries apart, are unique and cover 0 to count - 1 where they were so before.",
  anchor: "properties.md#names",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      const held = new Set<number>();
      for (const { allocation, verdict } of reading.verdicts) {
        if (!isUnpromotedCanary(reading, allocation) && (fillsPlace(verdict) || mayComeBack(verdict))) {
          held.add(nameIndex(allocation.name));
        }
      }
      const found: Wrong[] = [];
      const given = new Set<number>();
      for (const placing of reading.placings) {
        if (placing.kind !== "place" || placing.reason.code !== "missing") continue;
        const index = nameIndex(placing.name);
        if (index >= reading.count)
          found.push(wrong`${{ name: placing.name }} is new and not below ${{ count: reading.count }}`);
        const isTaken = held.has(index) || given.has(index);
        given.add(index);
        const taken = new Set([...held, ...given, ...reading.placings.map(({ name }) => nameIndex(name))]);
        const free = Array.from({ length: Math.min(reading.count, 10_000) }, (_, n) => n).find(
          (n) => !taken.has(n),
        );
        if (isTaken && free !== undefined)
          found.push(wrong`${{ name: placing.name }} is taken, ${{ free }} is free`);
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
