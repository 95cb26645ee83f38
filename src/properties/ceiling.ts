import { isTerminal } from "../model/index.js";
import { type GroupReading, isAwayAfter, isKept, isUnpromotedCanary, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const ceiling: PlanProperty = {
  kind: "plan",
  name: "ceiling",
  sentence: "After a plan at most count + canary live per group; those whose node is away are counted apart.",
  anchor: "properties.md#ceiling",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      let stable = 0;
      let canaries = 0;
      let away = 0;
      // Where there are more already - what was reported is taken back, say - it does not grow.
      const already = reading.verdicts.filter(
        ({ allocation }) => !isTerminal(allocation) && isUnpromotedCanary(reading, allocation),
      ).length;
      for (const { allocation, verdict } of reading.verdicts) {
        if (!isKept(verdict, allocation)) continue;
        if (isAwayAfter(verdict, allocation)) away++;
        else if (isUnpromotedCanary(reading, allocation)) canaries++;
        else stable++;
      }
      for (const placing of reading.placings) {
        if (
          placing.kind === "canary" &&
          reading.isCanarying &&
          isOneOfIts(reading, placing.previousAllocation)
        ) {
          canaries++;
        } else stable++;
      }
      const held = input.policy?.holdCountUntilPromoted === true && reading.isCanarying;
      const found: Wrong[] = [];
      // While a lost node's client is waited for, what is due is neither replaced nor stopped (D 30).
      const waits = plan.waiting.some((one) => one.group === reading.name && one.for === "client_stop");
      if (!held && !waits && stable > reading.count) {
        found.push(
          wrong`group ${{ group: reading.name }} keeps ${{ have: stable }} of ${{ need: reading.count }}, and ${{ away }} away`,
        );
      }
      if (canaries > Math.max(reading.canary, already))
        found.push(
          wrong`group ${{ group: reading.name }} has ${{ have: canaries }} canaries of ${{ need: reading.canary }}`,
        );
      return found;
    }),
};

/** A new canary, or one for a canary of the deployment; one that only bears the flag keeps its place. */
function isOneOfIts({ placedCanaries }: GroupReading, previous: string | undefined): boolean {
  return previous === undefined || placedCanaries.has(previous);
}
