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

/** @public */
export const partition: PlanProperty = {
  name: "partition",
  sentence:
    "Every allocation has exactly one verdict, only what the server has not stopped is stopped, no two placements replace one allocation, and the groups' counts are what the actions say.",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const verdicts = plan.actions.filter(isVerdict);
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const { allocationId } of verdicts) {
      if (seen.has(allocationId)) wrong.push(`${allocationId} has two verdicts`);
      seen.add(allocationId);
    }
    for (const allocation of input.allocations) {
      if (!seen.delete(allocation.id)) wrong.push(`${allocation.id} has no verdict`);
    }
    for (const id of seen) wrong.push(`${id} has a verdict and does not exist`);
    return [...wrong, ...stoppedTwice(input.allocations, plan), ...replacedTwice(plan), ...wrongCounts(plan)];
  },
};

/** One whose node was away when it was told to stop is told again; one that is lost is marked so. */
function stoppedTwice(allocations: readonly Allocation[], plan: Plan): string[] {
  const byId = new Map(allocations.map((allocation) => [allocation.id, allocation]));
  return plan.actions.flatMap((action) => {
    if (action.kind !== "stop" || action.reason.code === "lost") return [];
    const allocation = byId.get(action.allocationId);
    if (allocation === undefined || !isServerTerminal(allocation)) return [];
    const isToldAgain = isWaitingToReconnect(allocation) || isDueWithoutRoom(allocation);
    return isToldAgain ? [] : [`${action.allocationId} is stopped again (${action.reason.code})`];
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

function replacedTwice(plan: Plan): string[] {
  const replaced = new Set<string>();
  const names = new Set<string>();
  return plan.actions.filter(isPlacing).flatMap(({ previousAllocation: previous, placement }) => {
    const wrong = previous !== undefined && replaced.has(previous) ? [`${previous} is replaced twice`] : [];
    if (previous !== undefined) replaced.add(previous);
    if (names.has(placement)) wrong.push(`two placements are called ${placement}`);
    names.add(placement);
    return wrong;
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

function wrongCounts(plan: Plan): string[] {
  const tally = new Map<string, number>();
  const add = (group: string, count: string, n = 1): void => {
    tally.set(`${group} ${count}`, (tally.get(`${group} ${count}`) ?? 0) + n);
  };
  for (const action of plan.actions) for (const count of counted(action)) add(action.group, count);
  for (const { cause, group, allocations } of plan.followUps) {
    if (cause === "reschedule") add(group, "rescheduleLater", allocations.length);
  }
  return Object.entries(plan.groups).flatMap(([group, counts]) =>
    Object.entries(counts).flatMap(([count, said]) => {
      const is = tally.get(`${group} ${count}`) ?? 0;
      return is === said ? [] : [`group ${group} says ${count} ${said}, its actions ${is}`];
    }),
  );
}
