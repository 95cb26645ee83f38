import type { JobEvent } from "../lifecycle/index.js";
import type { DeploymentStatus } from "../model/index.js";
import type { EndedBy } from "./wait.js";

/** What somebody or something has to do. @public */
export interface Need {
  readonly by: Exclude<EndedBy, "planner" | "clock">;
  readonly event: JobEvent;
  /** Of health: whose it is. */
  readonly group?: string;
}

/** A way on: what it needs, and what comes of it. @public */
export interface Way {
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
  /** When, in milliseconds since the epoch, if everything that is needed comes at once. */
  readonly at: number;
  /** The version that is current now, and then: another where it rolled back, an earlier specification again. */
  readonly fromVersion: number;
  readonly jobVersion: number;
  /** Of the deployment that there was, if there still is one to tell of. */
  readonly status?: DeploymentStatus;
  /** The groups that are promoted then, and are not now. */
  readonly promoted: readonly string[];
}
