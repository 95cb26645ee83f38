import type { RollbackTarget } from "../lifecycle/index.js";

/** Who or what can end a wait. @public */
export type EndedBy =
  /** A plan is to be made and carried out. */
  | "planner"
  /** Time alone: `tick`. */
  | "clock"
  /** What nodes report of their allocations, or checks of their health. */
  | "client"
  /** Room for more. */
  | "capacity"
  /** A person. */
  | "operator";

/** What a rollout may wait for. @public */
export type WaitKind =
  | "room"
  | "plan"
  | "tick"
  | "resume"
  | "peer"
  | "new_version"
  | "version_to_keep_alive"
  | "client_stop"
  | "health"
  | "promotion"
  | "free_slot"
  | "reschedule"
  | "time_out"
  | "start"
  | "given_up"
  | "stop";

/** What follows when time runs out. @public */
export type Consequence =
  | { readonly kind: "deployment_fails"; readonly rollback: RollbackOutlook }
  | { readonly kind: "promoted" }
  | { readonly kind: "replaced" }
  | { readonly kind: "lost" };

/** Where a failure of the deployment would lead. @public */
export type RollbackOutlook =
  | { readonly kind: "version"; readonly version: number }
  | Exclude<RollbackTarget, { readonly kind: "version" }>
  /** No group of the deployment asks for a rollback. */
  | { readonly kind: "not_wanted" };

/** One thing that is waited for. Times are milliseconds since the epoch. @public */
export interface Wait {
  readonly kind: WaitKind;
  /** Absent: the job as a whole. */
  readonly group?: string;
  readonly allocations?: readonly string[];
  readonly since?: number;
  readonly until?: number;
  readonly endedBy: EndedBy;
  /** What follows at `until`. */
  readonly onExpiry?: Consequence;
  /** Of health: what time alone decides first, if nobody reports anything else. */
  readonly decides?: { readonly at: number; readonly allocationId: string; readonly healthy: boolean };
}

/** What is waited for first: each stands in the way of those after it. */
const ORDER: readonly WaitKind[] = [
  "room",
  "plan",
  "tick",
  "resume",
  "peer",
  "new_version",
  "version_to_keep_alive",
  "client_stop",
  "health",
  "promotion",
  "reschedule",
  "time_out",
  "free_slot",
  "start",
  "given_up",
  "stop",
];

/** Nothing is decided by whether these end. */
const IDLE: ReadonlySet<WaitKind> = new Set(["start", "stop"]);

export function isDecisive({ kind }: Wait): boolean {
  return !IDLE.has(kind);
}

/** The waits, what is waited for first at the front; of one kind the one that ends first. */
export function inOrder(waits: readonly Wait[]): Wait[] {
  return [...waits].sort(
    (a, b) =>
      ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
      (a.until ?? Number.POSITIVE_INFINITY) - (b.until ?? Number.POSITIVE_INFINITY),
  );
}
