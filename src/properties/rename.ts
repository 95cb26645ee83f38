import { inputRenamed } from "./renamed-input.js";
import { planRenamed } from "./renamed-plan.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const rename: PlanProperty = {
  kind: "plan",
  name: "rename",
  sentence:
    "With other ids of allocations, nodes, deployments and evaluations, in the same order, the plan is the same under those ids.",
  anchor: "properties.md#rename",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => {
    const expected = JSON.stringify(planRenamed(plan));
    const answer = JSON.stringify(reconcile(inputRenamed(input)));
    return answer === expected ? [] : [wrong`under other ids it is ${{ answer }}, not ${{ expected }}`];
  },
};
