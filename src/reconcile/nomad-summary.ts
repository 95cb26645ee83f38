import type { Action, GroupCounts, IgnoreReason, Plan } from "../model/index.js";
import { noCounts, type OpenCounts } from "./counts.js";

/** Which ways of doing nothing Nomad counts as *ignore*. */
const COUNTED_AS_IGNORE: Record<IgnoreReason["code"], boolean> = {
  unchanged: true,
  budget_spent: true,
  held_for_promotion: true,
  held_while_paused: true,
  held_after_failure: true,
  stopped_before: true,
  ended_as_older_version: true,
  waiting_for_reschedule: true,
  waiting_for_deployment: true,
  no_attempt_left: true,
  no_reschedule_policy: true,
  unknown_and_replaced: true,
  history: false,
  stopped_before_removal: false,
  dropped: false,
  not_rescheduled_after_failure: false,
  waiting_for_client: false,
  unknown_and_due: false,
  lost_and_stopped: false,
};

/**
 * The counts of each group as Nomad counts them in its plan annotations, which is not what its actions add up to (D 9).
 *
 * @example
 * ```ts
 * nomadSummary(reconcile({ ...submitted, now, evaluationId })).web?.place; // 3
 * ```
 *
 * @public
 */
export function nomadSummary(plan: Plan): { readonly [group: string]: GroupCounts } {
  const groups: Record<string, OpenCounts> = {};
  const due: Record<string, number> = {};
  for (const name of Object.keys(plan.groups)) {
    groups[name] = { ...noCounts(), rescheduleLater: plan.groups[name]?.rescheduleLater ?? 0 };
    due[name] = 0;
  }
  for (const action of plan.actions) {
    const counts = groups[action.group];
    if (counts === undefined) continue;
    count(counts, action);
    if (isDueNow(action)) due[action.group] = (due[action.group] ?? 0) + 1;
  }
  for (const action of plan.actions) {
    const counts = groups[action.group];
    // Only the path of disconnecting allocations counts those that are due.
    if (counts !== undefined && isDisconnecting(action)) counts.rescheduleNow = due[action.group] ?? 0;
  }
  return groups;
}

function count(counts: OpenCounts, action: Action): void {
  if (isDisconnecting(action)) counts.disconnect++;
  switch (action.kind) {
    case "ignore":
      countIgnored(
        counts,
        action.reason.code === "lost_and_stopped" ? action.reason.besides : action.reason.code,
      );
      break;
    case "stop":
      if ("forgotten" in action.reason) break;
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
      if (!isDueNow(action)) counts.ignore++;
      break;
    case "reconnect":
      counts.reconnect++;
      counts.ignore++;
      break;
    case "place":
    case "canary":
      if (action.reason.code === "canary_wanted") counts.canary++;
      else if (action.reason.code !== "migrating") counts.place++;
      break;
  }
}

function countIgnored(counts: OpenCounts, code: IgnoreReason["code"]): void {
  if (COUNTED_AS_IGNORE[code]) counts.ignore++;
  if (code === "stopped_before_removal") counts.stop++;
}

function isDisconnecting(action: Action): boolean {
  return (
    action.kind === "disconnect" ||
    ((action.kind === "replace" || action.kind === "update") && action.disconnect === true)
  );
}

/** Whether the action is about an allocation that is due to be rescheduled in this evaluation. */
function isDueNow(action: Action): boolean {
  switch (action.kind) {
    case "disconnect":
      return action.reason.replaced === "now" || action.reason.replaced === "not_needed";
    case "stop":
      return action.reason.code === "rescheduled" || action.reason.code === "surplus_failed";
    case "ignore":
      return (
        action.reason.code === "not_rescheduled_after_failure" ||
        action.reason.code === "unknown_and_due" ||
        action.reason.code === "waiting_for_client"
      );
    default:
      return false;
  }
}
