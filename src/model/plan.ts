import type { Deployment } from "./deployment.js";
import type {
  DisconnectReason,
  IgnoreReason,
  PlaceReason,
  ReconnectReason,
  ReplaceReason,
  StopReason,
  UpdateReason,
  VersionReason,
} from "./reasons.js";
import type { Waiting } from "./waiting.js";

/** An allocation that is to be made. @public */
export interface Placement {
  /** Names this placement within the plan: `<group>/<n>`. */
  readonly placement: string;
  readonly group: string;
  readonly name: string;
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  readonly version: VersionReason;
  /** The deployment that it joins; absent: none. */
  readonly deploymentId?: string;
  /** The allocation that it takes over from. */
  readonly previousAllocation?: string;
}

interface Verdict {
  readonly group: string;
  readonly allocationId: string;
  /** The follow-up evaluation that the allocation waits for from now on. */
  readonly followUpEvaluationId?: string;
}

/** Nothing happens to it. With `clientStatus`, its node is known to be lost. @public */
export interface IgnoreAction extends Verdict {
  readonly kind: "ignore";
  readonly reason: IgnoreReason;
  readonly clientStatus?: "lost";
}

/** It is to end. `placement` names the one that takes its place, if any. @public */
export interface StopAction extends Verdict {
  readonly kind: "stop";
  readonly reason: StopReason;
  readonly clientStatus?: "lost" | "failed";
  readonly placement?: string;
}

/** Stop it and place another as one step: it stops only if the other is placed. @public */
export interface ReplaceAction extends Verdict, Placement {
  readonly kind: "replace";
  readonly reason: ReplaceReason;
  /** Its node is away: it becomes unknown as well. */
  readonly disconnect?: true;
}

/** It adopts the current version where it runs. @public */
export interface UpdateAction extends Verdict {
  readonly kind: "update";
  readonly reason: UpdateReason;
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  /** The deployment that it belongs to afterwards; absent: none. */
  readonly deploymentId?: string;
  /** Its node is away: it becomes unknown as well. */
  readonly disconnect?: true;
}

/** It becomes unknown. `placement` names the one that runs in its place, if any. @public */
export interface DisconnectAction extends Verdict {
  readonly kind: "disconnect";
  readonly reason: DisconnectReason;
  readonly placement?: string;
}

/** It counts as running again; what it waited for is over. @public */
export interface ReconnectAction extends Verdict {
  readonly kind: "reconnect";
  readonly reason: ReconnectReason;
}

/** A new allocation. @public */
export interface PlaceAction extends Placement {
  readonly kind: "place";
  readonly reason: PlaceReason;
}

/** A new allocation that proves a new version. @public */
export interface CanaryAction extends Placement {
  readonly kind: "canary";
  readonly reason: PlaceReason;
}

/** One line of a plan. @public */
export type Action =
  | IgnoreAction
  | StopAction
  | ReplaceAction
  | UpdateAction
  | DisconnectAction
  | ReconnectAction
  | PlaceAction
  | CanaryAction;

/** What the actions of one group add up to. @public */
export interface GroupCounts {
  readonly ignore: number;
  readonly place: number;
  readonly canary: number;
  /** Every stop but those of `migrate`. */
  readonly stop: number;
  /** Stops of allocations that move. */
  readonly migrate: number;
  readonly inPlaceUpdate: number;
  readonly destructiveUpdate: number;
  readonly disconnect: number;
  readonly reconnect: number;
  /** Placements for allocations that are due to be rescheduled. */
  readonly rescheduleNow: number;
  /** Allocations that this plan asks a follow-up evaluation for, to be rescheduled then. */
  readonly rescheduleLater: number;
}

/** A deployment that the plan makes or changes: everything but what the state stamps on it. @public */
export interface PlannedDeployment
  extends Pick<
    Deployment,
    "id" | "jobId" | "namespace" | "jobVersion" | "jobCreateIndex" | "jobModifyIndex" | "status" | "groups"
  > {
  readonly kind: "created" | "changed";
  /** What its description says; absent where it is not running: then it keeps the one that it has. */
  readonly description?: "running" | "needs_promotion" | "auto_promotion";
}

/** A deployment's new status, and why. @public */
export interface DeploymentUpdate {
  readonly deploymentId: string;
  readonly status: "cancelled" | "successful" | "pending";
  readonly description: "job_stopped" | "newer_version" | "successful" | "pending_for_peer";
}

/** Call again at `at` with `id` as the evaluation's id. @public */
export interface FollowUp {
  readonly id: string;
  readonly group: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cause: "reschedule" | "lost_after" | "stop_on_client_after";
  /** The allocations that it is for, in canonical order of their times. */
  readonly allocations: readonly string[];
}

/** What a plan was made from, so that a stale one is recognised. @public */
export interface PlanOrigin {
  readonly evaluationId: string;
  /** The current version; absent when the job was purged. */
  readonly jobVersion?: number;
  readonly jobCreateIndex?: number;
  /** The deployment that was current. */
  readonly deploymentId?: string;
  /** The index of the state, if the input bore one. */
  readonly index?: number;
}

/**
 * What happens next, and why. Everything in it is plain JSON and in canonical order: groups as the current job lists
 * them, then groups that only old allocations have; in a group one verdict per allocation by name index and id, then
 * the placements.
 *
 * @public
 */
export interface Plan {
  readonly madeFrom: PlanOrigin;
  readonly actions: readonly Action[];
  readonly groups: { readonly [group: string]: GroupCounts };
  readonly deployment?: PlannedDeployment;
  readonly deploymentUpdates: readonly DeploymentUpdate[];
  readonly followUps: readonly FollowUp[];
  readonly waiting: readonly Waiting[];
  /** The earliest time at which the answer can change without an event; absent: never. */
  readonly wakeAt?: number;
}
