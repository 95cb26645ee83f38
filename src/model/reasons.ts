import type { Json } from "./json.js";

/** The first property that differs and is not in-place-safe. @public */
export interface ChangedProperty {
  /** Where in the group: `tasks.api-server.config.image`. */
  readonly path: string;
  readonly from?: Json;
  readonly to?: Json;
}

/** Why nothing is done about an allocation. @public */
export type IgnoreReason =
  /** It is as it should be. */
  | { readonly code: "unchanged" }
  /** It must be replaced, but others are on their way (rule 11). */
  | {
      readonly code: "budget_spent";
      readonly change: ChangedProperty;
      readonly maxParallel: number;
      readonly undecided: number;
      readonly unhealthy: number;
      readonly placedFirst: number;
    }
  /** It must be replaced, once the canaries are promoted. */
  | {
      readonly code: "held_for_promotion";
      readonly change: ChangedProperty;
      readonly canaries: number;
      readonly desiredCanaries: number;
    }
  /** It must be replaced, once the deployment is resumed. */
  | { readonly code: "held_while_paused"; readonly change: ChangedProperty }
  /** It must be replaced, but the deployment failed: a new version must come. */
  | { readonly code: "held_after_failure"; readonly change: ChangedProperty }
  /** The server stopped it before. */
  | { readonly code: "history" }
  /** The server stopped it before, and it still counts as known of (rule 4). */
  | { readonly code: "stopped_before" }
  /** The server stopped it before its group was removed. */
  | { readonly code: "stopped_before_removal" }
  /** It ended as an older version of a batch job. */
  | { readonly code: "ended_as_older_version" }
  /** It ended and counts no more: an ordinary placement takes its place (rule 5). */
  | { readonly code: "dropped"; readonly because: "replaced" | "ended" | "new_version" }
  /** It failed and is rescheduled at `at`. */
  | { readonly code: "waiting_for_reschedule"; readonly at: number }
  /** It failed in the active deployment, which has to allow its rescheduling. */
  | { readonly code: "waiting_for_deployment" }
  /** It is due, but its deployment failed. */
  | { readonly code: "not_rescheduled_after_failure" }
  /** It is due, but the group waits for another one's node to stop. */
  | { readonly code: "waiting_for_client"; readonly until: number }
  /** It failed, and its policy leaves no attempt. */
  | {
      readonly code: "no_attempt_left";
      readonly attempts: number;
      readonly used: number;
      readonly interval: number;
    }
  /** It failed, and its group has no reschedule policy. */
  | { readonly code: "no_reschedule_policy" }
  /** Its node is away for so long that this plan replaces it, if its place has to be filled; it may still come back. */
  | { readonly code: "unknown_and_due" }
  /** Its node is away and its replacement is there. */
  | { readonly code: "unknown_and_replaced"; readonly by: string }
  /** It was stopped already; its node is down, so it is lost. `besides`: why it is left alone anyway. */
  | { readonly code: "lost_and_stopped"; readonly besides: StoppedCode };

/** How an allocation that the server stopped, or that ended as an older version, is left alone. @public */
export type StoppedCode = "history" | "stopped_before" | "stopped_before_removal" | "ended_as_older_version";

/** Why an allocation is stopped. @public */
export type StopReason =
  /** The job is stopped. */
  | { readonly code: "job_stopped" }
  /** Its group is gone from the job, or its count is 0. */
  | { readonly code: "group_removed" }
  /** A canary of a deployment that is over. */
  | { readonly code: "canary_cancelled"; readonly deploymentId: string }
  /** More than `count` would run. */
  | { readonly code: "surplus"; readonly have: number; readonly need: number }
  /** It is due to be replaced, but nothing is missing. */
  | { readonly code: "surplus_failed"; readonly have: number; readonly need: number }
  /** It is unknown and of an older version, and nothing is missing. */
  | { readonly code: "surplus_unknown"; readonly have: number; readonly need: number }
  /** Its node came back, and it is not wanted any more. */
  | { readonly code: "reconnected_unwanted" }
  /** Its node came back, and its replacement is the better one. */
  | { readonly code: "replacement_kept"; readonly replacement: string; readonly by: string }
  /** The original's node came back, and the original is the better one. */
  | { readonly code: "original_kept"; readonly original: string; readonly by: string }
  /** Its node came back to say that it failed. */
  | { readonly code: "failed_while_away" }
  /** It moves to another node; an unproven canary is forgotten instead, and a new one placed. */
  | { readonly code: "migrating"; readonly forgotten?: true }
  /** It failed and is placed again. */
  | { readonly code: "rescheduled" }
  /** Its node is down, gone, or disconnected for too long; an unproven canary is forgotten. */
  | { readonly code: "lost"; readonly forgotten?: true };

/** Why an allocation is replaced by one of the current version. @public */
export interface ReplaceReason {
  readonly code: "destructive_update";
  readonly change: ChangedProperty;
  /** How many may change in this plan, and the how manieth this is. */
  readonly budget: number;
  readonly ordinal: number;
}

/** Why an allocation adopts the current version where it runs. @public */
export interface UpdateReason {
  readonly code: "in_place_update";
}

/** Why an allocation becomes unknown. @public */
export interface DisconnectReason {
  readonly code: "node_disconnected";
  readonly lostAfter: number;
  /** Whether it is replaced: in this plan, at a later time, or not at all. */
  readonly replaced: "now" | "later" | "never" | "not_needed";
}

/** Why an allocation counts as running again. @public */
export interface ReconnectReason {
  readonly code: "node_reconnected";
}

/** Why an allocation is placed. @public */
export type PlaceReason =
  /** The new version is to be proven. */
  | { readonly code: "canary_wanted"; readonly have: number; readonly need: number }
  /** Fewer than `count` are there. */
  | { readonly code: "missing"; readonly have: number; readonly need: number }
  /** For one that failed, or whose node is away: after `delay` ms, for the how manieth time. */
  | { readonly code: "rescheduled"; readonly delay: number; readonly attempt: number }
  /** For one whose node is lost. */
  | { readonly code: "lost" }
  /** For one that moves. */
  | { readonly code: "migrating" };

/** Why a placement runs the version that it runs (rule 12). @public */
export type VersionReason = "current" | "kept_alive" | "as_replaced" | "newest_running";

/** Every code that a plan stops an allocation for. @internal */
export const STOPPED_BECAUSE: readonly StoppedBecause[] = [
  "job_stopped",
  "group_removed",
  "canary_cancelled",
  "surplus",
  "surplus_failed",
  "surplus_unknown",
  "reconnected_unwanted",
  "replacement_kept",
  "original_kept",
  "failed_while_away",
  "migrating",
  "rescheduled",
  "lost",
  "destructive_update",
];

/** The codes of the reasons that a plan stops an allocation for. @public */
export type StoppedBecause = (StopReason | ReplaceReason)["code"];
