import type { Action, FollowUp, GroupCounts } from "../model/index.js";

/** Rule 16: what the actions of one group - those from `from` on - add up to. */
export function countActions(
  actions: readonly Action[],
  from: number,
  followUps: readonly FollowUp[],
): GroupCounts {
  const counts = noCounts();
  for (let i = from; i < actions.length; i++) {
    const action = actions[i];
    if (action !== undefined) countAction(counts, action);
  }
  countFollowUps(counts, followUps);
  return counts;
}

/** Counts one action. */
export function countAction(counts: OpenCounts, action: Action): void {
  switch (action.kind) {
    case "ignore":
      counts.ignore++;
      break;
    case "stop":
      if (action.reason.code === "migrating") counts.migrate++;
      else counts.stop++;
      break;
    case "replace":
      counts.destructiveUpdate++;
      break;
    case "update":
      counts.inPlaceUpdate++;
      break;
    case "disconnect":
      counts.disconnect++;
      break;
    case "reconnect":
      counts.reconnect++;
      break;
    case "place":
    case "canary":
      counts[action.kind]++;
      if (action.reason.code === "rescheduled") counts.rescheduleNow++;
      break;
  }
}

/** Counts what a group's follow-up evaluations wait for. */
export function countFollowUps(counts: OpenCounts, followUps: readonly FollowUp[]): void {
  for (const { cause, allocations } of followUps) {
    if (cause === "reschedule") counts.rescheduleLater += allocations.length;
  }
}

/** Counts while they are counted. */
export type OpenCounts = { -readonly [K in keyof GroupCounts]: number };

/** A group of which nothing was said yet. */
export function noCounts(): OpenCounts {
  return {
    ignore: 0,
    place: 0,
    canary: 0,
    stop: 0,
    migrate: 0,
    inPlaceUpdate: 0,
    destructiveUpdate: 0,
    disconnect: 0,
    reconnect: 0,
    rescheduleNow: 0,
    rescheduleLater: 0,
  };
}
