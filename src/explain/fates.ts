import type { Action, IgnoreReason, StopReason } from "../model/index.js";

/**
 * What a plan does to an allocation that is there:
 *
 * | fate | meaning |
 * | --- | --- |
 * | `unchanged` | it stays as it is, and should |
 * | `deferred` | it is replaced in a later wave: as many as may change at once are changing |
 * | `held` | what is to become of it waits: for a promotion, a pause to end, a new version, its node, a time |
 * | `history` | it ended, or was stopped before; nothing more comes of it |
 * | `stopped` | it ends |
 * | `moved` | it ends here, and goes on elsewhere if its place is wanted |
 * | `replaced` | it ends as soon as one of the new version is placed |
 * | `updated` | it adopts the new version where it runs |
 * | `disconnected` | its node is away: it becomes unknown |
 * | `reconnected` | its node came back: it counts as running |
 *
 * @public
 */
export type Fate =
  | "unchanged"
  | "deferred"
  | "held"
  | "history"
  | "stopped"
  | "moved"
  | "replaced"
  | "updated"
  | "disconnected"
  | "reconnected";

/** The ids of a group's allocations by what happens to them, each once, in the order of the plan. @public */
export type Fates = { readonly [fate in Fate]: readonly string[] };

/** The ways of doing nothing, told apart. */
const IGNORED: { readonly [code in IgnoreReason["code"]]: "unchanged" | "deferred" | "held" | "history" } = {
  unchanged: "unchanged",
  budget_spent: "deferred",
  held_for_promotion: "held",
  held_while_paused: "held",
  held_after_failure: "held",
  waiting_for_reschedule: "held",
  waiting_for_deployment: "held",
  waiting_for_client: "held",
  not_rescheduled_after_failure: "held",
  unknown_and_due: "held",
  unknown_and_replaced: "held",
  history: "history",
  stopped_before: "history",
  stopped_before_removal: "history",
  ended_as_older_version: "history",
  dropped: "history",
  no_attempt_left: "history",
  no_reschedule_policy: "history",
  lost_and_stopped: "history",
};

const STOPPED: { readonly [code in StopReason["code"]]: "stopped" | "moved" } = {
  job_stopped: "stopped",
  group_removed: "stopped",
  canary_cancelled: "stopped",
  surplus: "stopped",
  surplus_failed: "stopped",
  surplus_unknown: "stopped",
  reconnected_unwanted: "stopped",
  replacement_kept: "stopped",
  original_kept: "stopped",
  failed_while_away: "stopped",
  rescheduled: "stopped",
  lost: "stopped",
  migrating: "moved",
};

/** What an action does to the allocation that it is about; nothing for one that only makes a new one. */
export function fateOf(action: Action): Fate | undefined {
  switch (action.kind) {
    case "ignore":
      return IGNORED[action.reason.code];
    case "stop":
      return STOPPED[action.reason.code];
    case "replace":
      return "replaced";
    case "update":
      return "updated";
    case "disconnect":
      return "disconnected";
    case "reconnect":
      return "reconnected";
    case "place":
    case "canary":
      return undefined;
  }
}

/** The fates of one group's allocations. */
export function fatesOf(actions: readonly Action[]): Fates {
  const fates: { [fate in Fate]: string[] } = {
    unchanged: [],
    deferred: [],
    held: [],
    history: [],
    stopped: [],
    moved: [],
    replaced: [],
    updated: [],
    disconnected: [],
    reconnected: [],
  };
  for (const action of actions) {
    const fate = fateOf(action);
    if (fate !== undefined && "allocationId" in action) fates[fate].push(action.allocationId);
  }
  return fates;
}
