import { isTerminal } from "../model/index.js";
import { type GroupReading, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const updateBudget: PlanProperty = {
  kind: "plan",
  name: "update budget",
  sentence:
    "Allocations replaced for an update are at most maxParallel less the undecided ones of the current deployment; none when one is unhealthy, or paused, failed or canarying.",
  anchor: "properties.md#update-budget",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      const replaced = reading.verdicts.filter(({ verdict }) => verdict.kind === "replace").length;
      const allowed = allowance(reading);
      return replaced <= allowed
        ? []
        : [wrong`group ${{ group: reading.name }} replaces ${{ replaced }}, ${{ allowed }} may change`];
    }),
};

function allowance(reading: GroupReading): number {
  if (reading.isPaused || reading.isFailed || reading.isCanarying) return 0;
  if (reading.current === undefined || !reading.hasStrategy) return reading.maxParallel;
  let undecided = 0;
  for (const { allocation, verdict } of reading.verdicts) {
    const isOfIt = allocation.deploymentId === reading.current.id && !isTerminal(allocation);
    if (!isOfIt || (verdict.kind !== "ignore" && verdict.kind !== "update")) continue;
    // It is given up: nothing is awaited of it any more.
    if (verdict.kind === "ignore" && verdict.reason.code === "unknown_and_due") continue;
    if (allocation.deploymentStatus?.healthy === false) return 0;
    if (allocation.deploymentStatus?.healthy === undefined) undecided++;
  }
  return Math.max(0, reading.maxParallel - undecided);
}
