import { type Allocation, compareVersions, isServerTerminal, nameIndex } from "../model/index.js";
import { fillsPlace, type GroupReading, isUnpromotedCanary, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const victims: PlanProperty = {
  kind: "plan",
  name: "victims",
  sentence:
    "No allocation is kept that comes before a stopped one in the order of victims - the highest name index first, then older versions, what is not healthy, the newest - given the same role.",
  anchor: "properties.md#victims",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      const canaryNames = namesOfPromotedCanaries(reading);
      const stopped: Allocation[] = [];
      const kept: Allocation[] = [];
      for (const { allocation, verdict } of reading.verdicts) {
        if (isServerTerminal(allocation) || isUnpromotedCanary(reading, allocation)) continue;
        if (verdict.kind === "stop" && verdict.reason.code === "surplus") {
          // Namesakes of a canary and those that migrate go first: other roles.
          const namesake =
            canaryNames.has(nameIndex(allocation.name)) && !reading.placedCanaries.has(allocation.id);
          if (!namesake && allocation.desiredTransition?.migrate !== true) stopped.push(allocation);
        } else if (
          (verdict.kind === "replace" || verdict.kind === "update" || fillsPlace(verdict)) &&
          allocation.clientStatus !== "unknown"
        ) {
          kept.push(allocation);
        }
      }
      return stopped.flatMap((victim) =>
        kept
          .filter((spared) => goesFirst(spared, victim))
          .map(
            (spared) =>
              wrong`${{ allocationId: victim.id }} is stopped, ${{ keptAllocationId: spared.id }} is kept`,
          ),
      );
    }),
};

function namesOfPromotedCanaries({ verdicts, placedCanaries, isCanarying }: GroupReading): Set<number> {
  if (isCanarying) return new Set();
  return new Set(
    verdicts
      .filter(({ allocation }) => placedCanaries.has(allocation.id))
      .map(({ allocation }) => nameIndex(allocation.name)),
  );
}

/** Whether the first comes before the second in the order of victims. */
function goesFirst(a: Allocation, b: Allocation): boolean {
  const [one, other] = [nameIndex(a.name), nameIndex(b.name)];
  if (one !== other) return one > other;
  const age = compareVersions(a.jobCreateIndex, a.jobVersion, b.jobCreateIndex, b.jobVersion);
  if (age !== 0) return age < 0;
  const [well, otherWell] = [a.deploymentStatus?.healthy === true, b.deploymentStatus?.healthy === true];
  if (well !== otherWell) return !well;
  if (a.createdAt !== b.createdAt) return a.createdAt > b.createdAt;
  return a.id < b.id;
}
