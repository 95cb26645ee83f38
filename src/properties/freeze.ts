import type { ReconcileInput } from "../reconcile/index.js";
import { type GroupReading, keptAlive, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { NOT_ASKED, type Wrong, wrong } from "./wrong.js";

/** @public */
export const freeze: PlanProperty = {
  kind: "plan",
  name: "freeze",
  sentence:
    "While canarying nothing is stopped for an update, and nothing but canaries is placed in the new version (except to replace one that runs it already); nor is anything placed in a version that failed, while there is one to keep alive.",
  anchor: "properties.md#freeze",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const unproven = readGroups(input, plan).filter(
      ({ isRemoved, isFailed, isCanarying }) => !isRemoved && (isFailed || isCanarying),
    );
    if (unproven.length === 0) return NOT_ASKED;
    return unproven.flatMap((reading) => {
      if (reading.isFailed && !reading.isCanarying) return ofFailedVersion(input, reading);
      const byId = new Map(reading.verdicts.map(({ allocation }) => [allocation.id, allocation]));
      return reading.placings.flatMap((placing) => {
        if (placing.kind === "replace")
          return [wrong`${{ allocationId: placing.allocationId }} is replaced for an update`];
        const isNew =
          placing.jobVersion === reading.job?.version && placing.jobCreateIndex === reading.job.createIndex;
        if (placing.kind === "canary" || !isNew) return [];
        const previous = byId.get(placing.previousAllocation ?? "");
        const ranIt =
          previous?.jobVersion === placing.jobVersion && previous.jobCreateIndex === placing.jobCreateIndex;
        return ranIt ? [] : [wrong`${{ name: placing.name }} is placed in the unproven version`];
      });
    });
  },
};

/** While there is one to keep alive, nothing is placed in a version that failed. */
function ofFailedVersion(input: ReconcileInput, reading: GroupReading): Wrong[] {
  if (keptAlive(input, reading) === undefined) return [];
  return reading.placings.flatMap(({ kind, name, jobVersion, jobCreateIndex }) =>
    kind !== "canary" && jobVersion === reading.job?.version && jobCreateIndex === reading.job.createIndex
      ? [wrong`${{ name }} is placed in the version that failed`]
      : [],
  );
}
