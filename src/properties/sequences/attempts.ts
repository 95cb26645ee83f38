import { ownGroup } from "../../lifecycle/rules/version-of.js";
import { wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const attempts: StepProperty = {
  kind: "step",
  name: "attempts",
  sentence:
    "A rescheduled allocation remembers every earlier attempt that its policy still counts, and one more.",
  anchor: "properties.md#attempts",
  cost: "one_step",
  check: ({ before, event, after: { state } }) => {
    if (event.kind !== "apply_plan") return [];
    const was = new Map(before.allocations.map((allocation) => [allocation.id, allocation]));
    return state.allocations.flatMap((allocation) => {
      if (was.has(allocation.id) || allocation.reschedule === undefined) return [];
      const previous = was.get(allocation.previousAllocation ?? "");
      if (previous === undefined)
        return [wrong`${{ allocationId: allocation.id }} was rescheduled from nowhere`];
      const policy = ownGroup(before.versions, previous)?.reschedule;
      if (policy === undefined || policy.unlimited === true) return [];
      const counted = (previous.reschedule?.events ?? []).filter(
        ({ at }) => at > event.now - (policy.interval ?? 0),
      );
      const kept = allocation.reschedule.events;
      return kept.length === counted.length + 1
        ? []
        : [
            wrong`${{ allocationId: allocation.id }} remembers ${{ have: kept.length }} attempts of ${{ earlier: counted.length }} and its own`,
          ];
    });
  },
};
