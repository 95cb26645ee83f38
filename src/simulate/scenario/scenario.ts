import type { Behaviour } from "./behaviour.js";
import type { Fault } from "./fault.js";
import type { NodeSpecification, Scripted } from "./world-event.js";

/** How long things take, in milliseconds. @public */
export interface Latencies {
  /** From the reason to evaluate to the plan. Default 0. */
  readonly evaluation?: number;
  /** From what a node does to when the server knows. Default 0. */
  readonly report?: number;
  /** From the last heartbeat of a node to when it counts as down or disconnected. Default 10 s. */
  readonly heartbeat?: number;
}

/** A world and what happens in it: plain data. The same scenario gives the same run, to the last byte. @public */
export interface Scenario {
  readonly seed: number;
  /** When it begins, in milliseconds since the epoch. Default 0. */
  readonly start?: number;
  readonly nodes: readonly NodeSpecification[];
  readonly script: readonly Scripted[];
  /** How allocations behave; the first that fits counts, and what none fits becomes healthy. */
  readonly behaviours?: readonly Behaviour[];
  /** None by default. */
  readonly faults?: readonly Fault[];
  readonly latencies?: Latencies;
  /** When to end at the latest, in milliseconds after the beginning. Default: one day. It ends before, when nothing is left to happen. */
  readonly until?: number;
}
