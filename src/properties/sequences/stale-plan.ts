import { wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const stalePlan: StepProperty = {
  kind: "step",
  name: "stale-plan",
  sentence: "A plan is accepted only by the very state that it was made from.",
  anchor: "properties.md#stale-plan",
  cost: "one_step",
  check: ({ before, event }) =>
    event.kind === "apply_plan" && event.plan.madeFrom.index !== before.index
      ? [
          wrong`a plan made at index ${{ madeFrom: event.plan.madeFrom.index }} was applied at ${{ index: before.index }}`,
        ]
      : [],
};
