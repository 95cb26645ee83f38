import { currentJob } from "../model/index.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const bounded: PlanProperty = {
  kind: "plan",
  name: "total",
  sentence:
    "Any input of the right shape gives a plan of at most one verdict an allocation and count + canary placements a group.",
  anchor: "properties.md#total",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const groups = currentJob(input.versions)?.groups ?? [];
    let most = input.allocations.length;
    for (const { count, update } of groups) most += 2 * count + (update?.canary ?? 0);
    // A migration and a canary's replacement stand for an allocation that is there.
    most += input.allocations.length;
    return plan.actions.length <= most
      ? []
      : [wrong`${{ actions: plan.actions.length }} actions, at most ${{ most }} make sense`];
  },
};
