import {
  type Action,
  type Allocation,
  type GroupCounts,
  isServerTerminal,
  isWaitingToReconnect,
  type Plan,
} from "../model/index.js";
import { isPlacing, isVerdict } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const partition: PlanProperty = {
  kind: "plan",
  name: "partition",
  sentence:
    "Every allocation has exactly one verdict, none that the server has stopped is stopped again, no two placements replace one allocation, and the groups' counts are what the actions say.",
  anchor: "properties.md#partition",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const verdicts = plan.actions.filter(isVerdict);
    const found: Wrong[] = [];
    const seen = new Set<string>();
    for (const { allocationId } of verdicts) {
      if (seen.has(allocationId)) found.push(wrong`${{ allocationId }} has two verdicts`);
      seen.add(allocationId);
    }
    for (const allocation of input.allocations) {
      if (!seen.delete(allocation.id)) found.push(wrong`${{ allocationId: allocation.id }} has no verdict`);
    }
    for (const id of seen) found.push(wrong`${{ allocationId: id }} has a verdict and does not exist`);
    return [...found, ...stoppedTwice(input.allocations, plan), ...replacedTwice(plan), ...wrongCounts(plan)];
  },
};

/** One whose node was away when it was told to stop is told again; one that is lost is marked so. */
function stoppedTwice(allocations: readonly Allocation[], plan: Plan): Wrong[] {
  const byId = new Map(allocations.map((allocation) => [allocation.id, allocation]));
  return plan.actions.flatMap((action) => {
    if (action.kind !== "stop" || action.reason.code === "lost") return [];
    const allocation = byId.get(action.allocationId);
    if (allocation === undefined || !isServerTerminal(allocation)) return [];
    const isToldAgain = isWaitingToReconnect(allocation) || isDueWithoutRoom(allocation);
    return isToldAgain
      ? []
      : [
          wrong`${{ allocationId: action.allocationId }} is stopped again (${{ reason: action.reason.code }})`,
        ];
  });
}

/** A batch allocation whose rescheduling found no room, or that somebody wants run again: due although it was stopped. */
function isDueWithoutRoom({ reschedule, desiredTransition }: Allocation): boolean {
  return (
    reschedule?.last === "no_placement" ||
    desiredTransition?.forceReschedule === true ||
    desiredTransition?.reschedule === true
  );
}

function replacedTwice(plan: Plan): Wrong[] {
  const replaced = new Set<string>();
  const names = new Set<string>();
  return plan.actions.filter(isPlacing).flatMap(({ previousAllocation: previous, placement }) => {
    const found =
      previous !== undefined && replaced.has(previous)
        ? [wrong`${{ previousAllocation: previous }} is replaced twice`]
        : [];
    if (previous !== undefined) replaced.add(previous);
    if (names.has(placement)) found.push(wrong`two placements are called ${{ placement }}`);
    names.add(placement);
    return found;
  });
}

/** Which count an action adds to. */
function counted(action: Action): (keyof GroupCounts)[] {
  switch (action.kind) {
    case "stop":
      return [action.reason.code === "migrating" ? "migrate" : "stop"];
    case "replace":
      return ["destructiveUpdate"];
    case "update":
      return ["inPlaceUpdate"];
    case "place":
    case "canary":
      return action.reason.code === "rescheduled" ? [action.kind, "rescheduleNow"] : [action.kind];
    default:
      return [action.kind];
  }
}

function wrongCounts(plan: Plan): Wrong[] {
  const tally = new Map<string, number>();
  const add = (group: string, count: string, n = 1): void => {
    tally.set(`${group} ${count}`, (tally.get(`${group} ${count}`) ?? 0) + n);
  };
  for (const action of plan.actions) for (const count of counted(action)) add(action.group, count);
  for (const { cause, group, allocations } of plan.followUps) {
    if (cause === "reschedule") add(group, "rescheduleLater", allocations.length);
  }
  const untold = [...new Set(plan.actions.map(({ group }) => group))].filter(
    (group) => !Object.hasOwn(plan.groups, group),
  );
  if (untold.length > 0) return untold.map((group) => wrong`group ${{ group }} has actions and no counts`);
  return Object.entries(plan.groups).flatMap(([group, counts]) =>
    Object.entries(counts).flatMap(([count, said]) => {
      const is = tally.get(`${group} ${count}`) ?? 0;
      return is === said
        ? []
        : [wrong`group ${{ group }} says ${{ counter: count }} ${{ said }}, its actions ${{ counted: is }}`];
    }),
  );
}
