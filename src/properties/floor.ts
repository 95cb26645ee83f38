import { type Allocation, isServerTerminal, type Plan } from "../model/index.js";
import { type GroupReading, readGroups, type Verdict } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { NOT_ASKED, wrong } from "./wrong.js";

/** @public */
export const floor: PlanProperty = {
  kind: "plan",
  name: "floor",
  sentence:
    "With nothing failing, a plan takes no group below count - maxParallel healthy ones, nor below count until promotion where canaries are wanted (unless count itself shrank).",
  anchor: "properties.md#floor",
  cost: "one_plan",
  check: ({ input, plan }) => {
    if ((input.nodes ?? []).length > 0) return NOT_ASKED;
    const readings = readGroups(input, plan).filter((reading) => isCalm(reading, plan));
    if (readings.length === 0) return NOT_ASKED;
    return readings.flatMap((reading) => {
      const healthy = reading.verdicts.filter((member) => isHealthy(reading, member));
      const kept = healthy.filter(({ verdict }) => verdict.kind !== "stop" && verdict.kind !== "replace");
      const spare = reading.isCanarying ? 0 : reading.maxParallel;
      const least = Math.min(healthy.length, reading.count - spare) - excused(reading, healthy.length);
      return kept.length >= least
        ? []
        : [
            wrong`group ${{ group: reading.name }} keeps ${{ have: kept.length }} healthy of ${{ healthy: healthy.length }}, at least ${{ need: least }} must stay`,
          ];
    });
  },
};

/** Nothing of the group fails; what was lost and is waited for has failed, though the server stopped it. */
function isCalm(reading: GroupReading, { waiting }: Plan): boolean {
  const waits = waiting.some((one) => one.group === reading.name && one.for === "client_stop");
  return !reading.isRemoved && !waits && nothingFails(reading);
}

type Member = GroupReading["verdicts"][number];

/** Decided to be healthy, and stable: a canary is once it is promoted, and then it is not cancelled. */
function isHealthy(reading: GroupReading, { allocation, verdict }: Member): boolean {
  if (allocation.deploymentStatus?.healthy !== true) return false;
  if (allocation.deploymentStatus.canary !== true) return true;
  return !isCancelled(verdict) && !isUnproven(reading, allocation);
}

/** A canary of the current deployment, before its promotion. */
function isUnproven({ current, isCanarying }: GroupReading, allocation: Allocation): boolean {
  const { deploymentId, deploymentStatus } = allocation;
  return isCanarying && deploymentStatus?.canary === true && deploymentId === current?.id;
}

/** Beside undecided ones healthy ones may be surplus: who goes first is a matter of age, not of health. */
function excused(reading: GroupReading, healthy: number): number {
  const stable = reading.verdicts.filter(
    ({ allocation, verdict }) =>
      !isServerTerminal(allocation) && !isCancelled(verdict) && !isUnproven(reading, allocation),
  ).length;
  return stable > healthy ? Math.max(0, stable - reading.count) : 0;
}

/** Every allocation is wanted, runs, and is where it should be; and it is well, or of no account yet. */
function nothingFails(reading: GroupReading): boolean {
  return reading.verdicts.every((member) => {
    const { allocation, verdict } = member;
    const { clientStatus, desiredTransition, clientStatusHistory, deploymentStatus } = allocation;
    if (isServerTerminal(allocation)) return true;
    if (clientStatus !== "running" && clientStatus !== "pending") return false;
    if (desiredTransition !== undefined || clientStatusHistory !== undefined) return false;
    // One that is cancelled as a canary, but bears no such flag, was stable in the meantime.
    if (isCancelled(verdict)) return !isHealthy(reading, member);
    return deploymentStatus?.healthy === true || isNew(reading, allocation);
  });
}

function isCancelled(verdict: Verdict): boolean {
  return verdict.kind === "stop" && verdict.reason.code === "canary_cancelled";
}

/** What the current deployment placed may be undecided still; its canaries may be whatever they are. */
function isNew(reading: GroupReading, allocation: Allocation): boolean {
  const { deploymentId, deploymentStatus } = allocation;
  const isOfIt = deploymentId !== undefined && deploymentId === reading.current?.id;
  return (isOfIt && deploymentStatus?.healthy === undefined) || isUnproven(reading, allocation);
}
