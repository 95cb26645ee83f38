import type { JobEvent } from "../../lifecycle/index.js";

/** A machine of the world. @public */
export interface NodeSpecification {
  readonly id: string;
  /** What its allocations may take together, in any unit; absent: no limit. */
  readonly cpu?: number;
  readonly memory?: number;
}

/** Events that speak of a deployment; in a scenario the latest one is meant where none is named. */
type OfDeployment = "promote" | "pause" | "resume" | "fail" | "report_health";
/** What the world sends by itself. */
type OfTheWorld = "apply_plan" | "update_clients" | "update_node" | "tick";

type WithoutTime<E> = E extends { readonly kind: OfTheWorld }
  ? never
  : E extends { readonly kind: OfDeployment; readonly deploymentId: string }
    ? Omit<E, "now" | "deploymentId"> & { readonly deploymentId?: string }
    : Omit<E, "now">;

/** What a person or a program asks of a job: an event without its time. @public */
export type Request = WithoutTime<JobEvent>;

/** Something that happens to the world. @public */
export type WorldEvent =
  | { readonly kind: "tell"; readonly jobId: string; readonly request: Request }
  /** The machine dies, and what runs there with it. */
  | { readonly kind: "node_dies"; readonly nodeId: string }
  /** Nobody hears of the machine; what runs there goes on. */
  | { readonly kind: "node_disconnects"; readonly nodeId: string }
  /** A machine that died, was away or drained is as new. */
  | { readonly kind: "node_returns"; readonly nodeId: string }
  /** The machine no longer exists. */
  | { readonly kind: "node_is_removed"; readonly nodeId: string }
  | { readonly kind: "node_joins"; readonly node: NodeSpecification }
  /** Allocations move away as their groups can spare them; at the deadline (milliseconds from now) all at once. */
  | { readonly kind: "node_drains"; readonly nodeId: string; readonly deadline?: number };

/** An event and its time, in milliseconds after the beginning. @public */
export interface Scripted {
  readonly at: number;
  readonly event: WorldEvent;
}
