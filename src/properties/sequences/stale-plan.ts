import type { StepProperty } from "./sequence.js";

/** @public */
export const stalePlan: StepProperty = {
  name: "stale-plan",
  sentence: "A plan is accepted only by the very state that it was made from.",
  check: ({ before, event }) =>
    event.kind === "apply_plan" && event.plan.madeFrom.index !== before.index
      ? [`a plan made at index ${event.plan.madeFrom.index} was applied at ${before.index}`]
      : [],
};
