import type {
  ChangedProperty,
  DisconnectReason,
  IgnoreReason,
  PlaceReason,
  ReconnectReason,
  ReplaceReason,
  StopReason,
  UpdateReason,
} from "./reasons.js";
import { byCode, json, open } from "./shape/containers.js";
import { name, oneOf, optional, text, whole, yes } from "./shape/scalars.js";
import type { Shape } from "./shape/shape.js";

const change: Shape<ChangedProperty> = open<ChangedProperty>({
  path: text,
  from: optional(json),
  to: optional(json),
});

/** A reason that is its code alone. */
function bare<C extends string>(code: C): Shape<{ readonly code: C }> {
  return open<{ readonly code: C }>({ code: oneOf(code) });
}

/** One of a union by its code. */
type Of<R extends { readonly code: string }, C extends R["code"]> = Extract<R, { readonly code: C }>;

/** @internal */
export const ignoreReasonShape: Shape<IgnoreReason> = byCode<IgnoreReason>({
  unchanged: bare("unchanged"),
  budget_spent: open<Of<IgnoreReason, "budget_spent">>({
    code: oneOf("budget_spent"),
    change,
    maxParallel: whole,
    undecided: whole,
    unhealthy: whole,
    placedFirst: whole,
  }),
  held_for_promotion: open<Of<IgnoreReason, "held_for_promotion">>({
    code: oneOf("held_for_promotion"),
    change,
    canaries: whole,
    desiredCanaries: whole,
  }),
  held_while_paused: open<Of<IgnoreReason, "held_while_paused">>({
    code: oneOf("held_while_paused"),
    change,
  }),
  held_after_failure: open<Of<IgnoreReason, "held_after_failure">>({
    code: oneOf("held_after_failure"),
    change,
  }),
  history: bare("history"),
  stopped_before: bare("stopped_before"),
  stopped_before_removal: bare("stopped_before_removal"),
  ended_as_older_version: bare("ended_as_older_version"),
  dropped: open<Of<IgnoreReason, "dropped">>({
    code: oneOf("dropped"),
    because: oneOf("replaced", "ended", "new_version"),
  }),
  waiting_for_reschedule: open<Of<IgnoreReason, "waiting_for_reschedule">>({
    code: oneOf("waiting_for_reschedule"),
    at: whole,
  }),
  waiting_for_deployment: bare("waiting_for_deployment"),
  not_rescheduled_after_failure: bare("not_rescheduled_after_failure"),
  waiting_for_client: open<Of<IgnoreReason, "waiting_for_client">>({
    code: oneOf("waiting_for_client"),
    until: whole,
  }),
  no_attempt_left: open<Of<IgnoreReason, "no_attempt_left">>({
    code: oneOf("no_attempt_left"),
    attempts: whole,
    used: whole,
    interval: whole,
  }),
  no_reschedule_policy: bare("no_reschedule_policy"),
  unknown_and_due: bare("unknown_and_due"),
  unknown_and_replaced: open<Of<IgnoreReason, "unknown_and_replaced">>({
    code: oneOf("unknown_and_replaced"),
    by: name,
  }),
  lost_and_stopped: open<Of<IgnoreReason, "lost_and_stopped">>({
    code: oneOf("lost_and_stopped"),
    besides: oneOf("history", "stopped_before", "stopped_before_removal", "ended_as_older_version"),
  }),
});

/** So many are there, so many are wanted. */
function counted<C extends string>(
  code: C,
): Shape<{ readonly code: C; readonly have: number; readonly need: number }> {
  return open<{ readonly code: C; readonly have: number; readonly need: number }>({
    code: oneOf(code),
    have: whole,
    need: whole,
  });
}

/** @internal */
export const stopReasonShape: Shape<StopReason> = byCode<StopReason>({
  job_stopped: bare("job_stopped"),
  group_removed: bare("group_removed"),
  canary_cancelled: open<Of<StopReason, "canary_cancelled">>({
    code: oneOf("canary_cancelled"),
    deploymentId: name,
  }),
  surplus: counted("surplus"),
  surplus_failed: counted("surplus_failed"),
  surplus_unknown: counted("surplus_unknown"),
  reconnected_unwanted: bare("reconnected_unwanted"),
  replacement_kept: open<Of<StopReason, "replacement_kept">>({
    code: oneOf("replacement_kept"),
    replacement: name,
    by: name,
  }),
  original_kept: open<Of<StopReason, "original_kept">>({
    code: oneOf("original_kept"),
    original: name,
    by: name,
  }),
  failed_while_away: bare("failed_while_away"),
  migrating: open<Of<StopReason, "migrating">>({ code: oneOf("migrating"), forgotten: optional(yes) }),
  rescheduled: bare("rescheduled"),
  lost: open<Of<StopReason, "lost">>({ code: oneOf("lost"), forgotten: optional(yes) }),
});

/** @internal */
export const replaceReasonShape: Shape<ReplaceReason> = open<ReplaceReason>({
  code: oneOf("destructive_update"),
  change,
  budget: whole,
  ordinal: whole,
});

/** @internal */
export const updateReasonShape: Shape<UpdateReason> = bare("in_place_update");

/** @internal */
export const disconnectReasonShape: Shape<DisconnectReason> = open<DisconnectReason>({
  code: oneOf("node_disconnected"),
  lostAfter: whole,
  replaced: oneOf("now", "later", "never", "not_needed"),
});

/** @internal */
export const reconnectReasonShape: Shape<ReconnectReason> = bare("node_reconnected");

/** @internal */
export const placeReasonShape: Shape<PlaceReason> = byCode<PlaceReason>({
  canary_wanted: counted("canary_wanted"),
  missing: counted("missing"),
  rescheduled: open<Of<PlaceReason, "rescheduled">>({
    code: oneOf("rescheduled"),
    delay: whole,
    attempt: whole,
  }),
  lost: bare("lost"),
  migrating: bare("migrating"),
});
