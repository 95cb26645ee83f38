import type { StoppedBecause } from "./reasons.js";
import type { RescheduleRecord } from "./reschedule-record.js";
import type { TaskState } from "./task-state.js";

/** What the server wants of an allocation. @public */
export type DesiredStatus = "run" | "stop" | "evict";

/** Every client status. @internal */
export const CLIENT_STATUSES: readonly ["pending", "running", "complete", "failed", "lost", "unknown"] = [
  "pending",
  "running",
  "complete",
  "failed",
  "lost",
  "unknown",
];

/** What the node reports of an allocation. @public */
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

/** What a deployment knows of an allocation. @public */
export interface AllocationDeploymentStatus {
  /** Absent: not decided yet. */
  readonly healthy?: boolean;
  readonly canary?: boolean;
  /** When the health was decided, in milliseconds since the epoch. */
  readonly timestamp?: number;
}

/** What somebody asked to happen to an allocation. @public */
export interface DesiredTransition {
  /** Move it to another node. */
  readonly migrate?: boolean;
  /** It may be rescheduled although a deployment is active; for batch also: run it again elsewhere. */
  readonly reschedule?: boolean;
  /** Reschedule it now, whatever its policy says. */
  readonly forceReschedule?: boolean;
  /** Do not place it again after it was moved away. */
  readonly disableMigrationPlacement?: boolean;
}

/** One entry of an allocation's history of client statuses. @public */
export interface ClientStatusChange {
  readonly status: ClientStatus;
  readonly at: number;
}

/** One check as the node reports it. @public */
export interface CheckState {
  readonly status: "pending" | "success" | "failure";
  /** Since when, in milliseconds since the epoch. */
  readonly since: number;
}

/**
 * One run of a task group on a node. Times are milliseconds since the epoch.
 *
 * @public
 */
export interface Allocation {
  readonly id: string;
  /** `<jobId>.<group>[<index>]` */
  readonly name: string;
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  readonly group: string;
  readonly nodeId: string;
  readonly desiredStatus: DesiredStatus;
  readonly clientStatus: ClientStatus;
  /** The deployment that placed or adopted it. */
  readonly deploymentId?: string;
  readonly deploymentStatus?: AllocationDeploymentStatus;
  readonly desiredTransition?: DesiredTransition;
  readonly reschedule?: RescheduleRecord;
  readonly previousAllocation?: string;
  readonly nextAllocation?: string;
  /** The delayed evaluation that already waits for it. */
  readonly followUpEvaluationId?: string;
  /** Appended when it becomes unknown, reconnects or is lost. */
  readonly clientStatusHistory?: readonly ClientStatusChange[];
  readonly taskStates?: { readonly [task: string]: TaskState };
  readonly checks?: { readonly [check: string]: CheckState };
  /** The placer's normalised score, if it gave one. */
  readonly score?: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** When it adopted its version where it runs; absent: it was placed with it. */
  readonly adoptedAt?: number;
  /** Why the server stopped it: the code of the plan's reason. */
  readonly stopReason?: StoppedBecause;
}

/**
 * The server wants it gone: desired `stop` or `evict`.
 *
 * @example
 * ```ts
 * isServerTerminal({ ...allocation, desiredStatus: "stop" }); // true
 * ```
 *
 * @public
 */
export function isServerTerminal(allocation: Allocation): boolean {
  return allocation.desiredStatus !== "run";
}

/**
 * Its node says that it ended: client `complete`, `failed` or `lost`.
 *
 * @example
 * ```ts
 * isClientTerminal({ ...allocation, clientStatus: "failed" }); // true
 * isClientTerminal({ ...allocation, desiredStatus: "stop" }); // false
 * ```
 *
 * @public
 */
export function isClientTerminal(allocation: Allocation): boolean {
  const status = allocation.clientStatus;
  return status === "complete" || status === "failed" || status === "lost";
}

/**
 * Server-terminal or client-terminal.
 *
 * @example
 * ```ts
 * isTerminal(allocation); // false
 * isTerminal({ ...allocation, desiredStatus: "stop" }); // true
 * ```
 *
 * @public
 */
export function isTerminal(allocation: Allocation): boolean {
  return isServerTerminal(allocation) || isClientTerminal(allocation);
}

/**
 * Whether a deployment flagged it as a canary.
 *
 * @example
 * ```ts
 * isCanary(allocation); // false
 * isCanary({ ...allocation, deploymentStatus: { canary: true } }); // true
 * ```
 *
 * @public
 */
export function isCanary(allocation: Allocation): boolean {
  return allocation.deploymentStatus?.canary === true;
}
