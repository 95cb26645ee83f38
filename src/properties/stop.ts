import { currentJob, isServerTerminal, isTerminal, type Plan } from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";
import { readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const stop: PlanProperty = {
  kind: "plan",
  name: "stop",
  sentence:
    "The plan of a stopped job, a removed group and a group of count 0 consists of stops only and leaves nothing live; count 0 and removed give the same plan.",
  anchor: "properties.md#stop",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => [
    ...readGroups(input, plan).flatMap((reading) => {
      if (!reading.isRemoved) return [];
      const live = reading.verdicts.filter(
        ({ allocation, verdict }) => !isTerminal(allocation) && verdict.kind !== "stop",
      );
      const other = plan.actions.filter(
        ({ group, kind }) => group === reading.name && kind !== "stop" && kind !== "ignore",
      );
      return [
        ...live.map(
          ({ allocation }) =>
            wrong`${{ allocationId: allocation.id }} is left running in ${{ group: reading.name }}`,
        ),
        ...other.map(
          ({ kind }) => wrong`${{ action: kind }} in ${{ group: reading.name }}, where nothing should be`,
        ),
      ];
    }),
    ...sameWhenRemoved(input, reconcile),
  ],
};

/** The first group with count 0 gives the same verdicts as without it. */
function sameWhenRemoved(input: ReconcileInput, reconcile: (input: ReconcileInput) => Plan): Wrong[] {
  const job = currentJob(input.versions);
  const group = job?.groups[0];
  if (job === undefined || group === undefined) return [];
  const withGroups = (groups: typeof job.groups): string => {
    const versions = input.versions.map((version) => (version === job ? { ...job, groups } : version));
    const actions = reconcile({ ...input, versions }).actions.filter((action) => action.group === group.name);
    return JSON.stringify(actions);
  };
  const empty = withGroups([{ ...group, count: 0 }, ...job.groups.slice(1)]);
  const ranByJobItself = input.allocations.some(
    (one) => one.group === group.name && one.jobVersion === job.version && !isServerTerminal(one),
  );
  // What runs the version that loses the group contradicts it, so that only the others can be asked.
  if (ranByJobItself) return [];
  return withGroups(job.groups.slice(1)) === empty
    ? []
    : [wrong`group ${{ group: group.name }}: count 0 and removed differ`];
}
