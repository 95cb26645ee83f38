import { fillsPlace, type GroupReading, isUnpromotedCanary, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const owedWork: PlanProperty = {
  kind: "plan",
  name: "owed work is not lost",
  sentence:
    "What is missing to count is placed, for every cause of death, unless the deployment is paused, a lost node's client is waited for, or no version may run in its place.",
  anchor: "properties.md#owed-work-is-not-lost",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      const mayBeShort =
        reading.isRemoved ||
        plan.waiting.some(
          (waiting) =>
            waiting.group === reading.name &&
            (waiting.for === "client_stop" || waiting.for === "version_to_keep_alive"),
        );
      if (mayBeShort) return [];
      const { filled, excused } = places(reading);
      const need = reading.isPaused || reading.isFailed || reading.isCanarying ? 0 : reading.count;
      return filled + excused >= need
        ? []
        : [
            wrong`group ${{ group: reading.name }} ends with ${{ have: filled }} of ${{ need }} places filled (${{ excused }} excused)`,
          ];
    }),
};

/** Filled places, canaries apart, and those that are empty for a reason that the plan gives. */
function places(reading: GroupReading): { filled: number; excused: number } {
  let filled = 0;
  let excused = 0;
  for (const { allocation, verdict } of reading.verdicts) {
    if (isUnpromotedCanary(reading, allocation)) continue;
    if (fillsPlace(verdict) && verdict.kind !== "replace") filled++;
    // A batch allocation that somebody moved away and wants placed later, elsewhere, or not again.
    if (reading.job?.type === "batch" && verdict.kind === "stop" && verdict.reason.code === "migrating") {
      if (verdict.placement === undefined) excused++;
    }
  }
  return {
    filled: filled + reading.placings.filter(({ kind }) => kind !== "canary" || !reading.isCanarying).length,
    excused,
  };
}
