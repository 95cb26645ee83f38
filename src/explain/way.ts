import type { JobEvent } from "../lifecycle/index.js";
import type { DeploymentStatus } from "../model/index.js";
import type { EndedBy } from "./wait.js";

/** What somebody or something has to do. @public */
export interface Need {
  readonly by: Exclude<EndedBy, "planner" | "clock">;
  /** When, in milliseconds since the epoch, is in it: later than the beginning where time has to pass first. */
  readonly event: JobEvent;
  /** Of health: whose it is. */
  readonly group?: string;
}

/** A way on: what it needs, and what comes of it. @public */
export interface Way {
  /** When it begins, in milliseconds since the epoch. */
  readonly from: number;
  /** What has to happen that neither plans nor time bring. Empty: it goes on by itself. */
  readonly needs: readonly Need[];
  /** Every event, plans and ticks among them, in order; carried out one after the other they lead there. */
  readonly events: readonly JobEvent[];
  readonly result: WayResult;
}

/** What was found: the cheapest way first. @public */
export interface WaysOn {
  readonly ways: readonly Way[];
  /** All that may happen was tried, or as many ways were found as were asked for; false: the search was cut off, and may have missed some. */
  readonly isComplete: boolean;
}

/** What becomes of the rollout at the end of a way. @public */
export interface WayResult {
  /** It is over, promoted or of another version; or it only moves: a plan goes on with it. */
  readonly kind: "finishes" | "moves";
  /** When, in milliseconds since the epoch, if everything that is needed comes at once. */
  readonly at: number;
  /** The version that is current now, and then: another where it rolled back, an earlier specification again. */
  readonly fromVersion: number;
  readonly jobVersion: number;
  /** Of the latest deployment that there is then. */
  readonly status?: DeploymentStatus;
  /** The groups that are promoted then, and are not now. */
  readonly promoted: readonly string[];
  /** Where it moves: what the plan places and stops. */
  readonly places: number;
  readonly stops: number;
}
