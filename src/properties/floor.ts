import { isServerTerminal } from "../model/index.js";
import { type GroupReading, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const floor: PlanProperty = {
  kind: "plan",
  name: "floor",
  sentence:
    "With nothing failing, a plan takes no group below count - maxParallel healthy ones, nor below count until promotion where canaries are wanted (unless count itself shrank).",
  anchor: "properties.md#floor",
  cost: "one_plan",
  check: ({ input, plan }) => {
    if ((input.nodes ?? []).length > 0) return [];
    return readGroups(input, plan).flatMap((reading) => {
      if (reading.isRemoved || !nothingFails(reading)) return [];
      const healthy = reading.verdicts.filter(({ allocation }) => isHealthy(reading, allocation));
      const kept = healthy.filter(({ verdict }) => verdict.kind !== "stop" && verdict.kind !== "replace");
      const spare = reading.isCanarying ? 0 : reading.maxParallel;
      const least = Math.min(healthy.length, reading.count - spare);
      return kept.length >= least
        ? []
        : [
            wrong`group ${{ group: reading.name }} keeps ${{ have: kept.length }} healthy of ${{ healthy: healthy.length }}, at least ${{ need: least }} must stay`,
          ];
    });
  },
};

type Member = GroupReading["verdicts"][number]["allocation"];

/** Stable - canaries are once they are promoted - and decided to be healthy. */
function isHealthy({ current, isCanarying }: GroupReading, allocation: Member): boolean {
  const { deploymentId, deploymentStatus } = allocation;
  if (deploymentStatus?.healthy !== true) return false;
  return deploymentStatus.canary !== true || (!isCanarying && deploymentId === current?.id);
}

/**
 * Every allocation is wanted, runs, is well, and is where it should be. What the current deployment placed may be undecided
 * still, or just placed; so may canaries of one that is over.
 */
function nothingFails(reading: GroupReading): boolean {
  const { verdicts, current } = reading;
  return verdicts.every(
    ({ allocation, verdict }) =>
      isServerTerminal(allocation) ||
      ((allocation.clientStatus === "running" || allocation.clientStatus === "pending") &&
        allocation.desiredTransition === undefined &&
        allocation.clientStatusHistory === undefined &&
        (allocation.deploymentStatus?.healthy === true ||
          allocation.deploymentStatus?.canary === true ||
          (allocation.deploymentStatus?.healthy === undefined &&
            allocation.deploymentId !== undefined &&
            allocation.deploymentId === current?.id)) &&
        // One that is cancelled as a canary, but bears no such flag, was stable in the meantime.
        !(
          verdict.kind === "stop" &&
          verdict.reason.code === "canary_cancelled" &&
          isHealthy(reading, allocation)
        )),
  );
}
