import { readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const freeze: PlanProperty = {
  kind: "plan",
  name: "freeze",
  sentence:
    "While canarying nothing is stopped for an update, and nothing but canaries is placed in the new version (except to replace one that runs it already).",
  anchor: "properties.md#freeze",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      if (!reading.isCanarying || reading.isRemoved) return [];
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
    }),
};
