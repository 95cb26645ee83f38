import { currentJob } from "../model/index.js";
import { isPlacing, isVerdict } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const bounded: PlanProperty = {
  kind: "plan",
  name: "total",
  sentence:
    "Any input of the right shape gives a plan, of at most one verdict an allocation and, a group, count + canary placements besides those that replace one - or a typed error.",
  anchor: "properties.md#total",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const groups = currentJob(input.versions)?.groups ?? [];
    return [...new Set(plan.actions.map(({ group }) => group))].flatMap((name) => {
      const own = input.allocations.filter(({ group }) => group === name).length;
      const { count = 0, update } = groups.find((group) => group.name === name) ?? {};
      const actions = plan.actions.filter(({ group }) => group === name);
      const verdicts = actions.filter(isVerdict).length;
      // A migration and a canary's replacement stand for an allocation that is there.
      const most = count + (update?.canary ?? 0) + own;
      const placements = actions.filter(isPlacing).length;
      return [
        ...(verdicts <= own
          ? []
          : [wrong`${{ verdicts }} verdicts on ${{ allocations: own }} allocations of ${{ group: name }}`]),
        ...(placements <= most
          ? []
          : [wrong`${{ placements }} placements in ${{ group: name }}, at most ${{ most }} make sense`]),
      ];
    });
  },
};
