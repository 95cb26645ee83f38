import type { ReconcilePolicy } from "../reconcile/index.js";

/** How the world is assumed to behave. Durations are milliseconds. @public */
export interface Assumptions {
  /** From being placed to running. Default 1 s. */
  readonly startAfter?: number;
  /** From running to a report of health, where health is reported by hand. Default 0. */
  readonly reportedHealthyAfter?: number;
  /** Whether somebody promotes as soon as it is allowed. Default true. */
  readonly promotes?: boolean;
  /** The how manieth allocation to start crashes instead, counted from 1; those that are pending come first. Default: none. */
  readonly failing?: number;
  /** What is placed in its stead crashes as well, again and again, as a bad version does. Default false. */
  readonly failingAgain?: boolean;
  readonly policy?: ReconcilePolicy;
}

/** A plan that is carried out on the way. @public */
export interface Wave {
  readonly at: number;
  readonly places: number;
  readonly stops: number;
  /** Allocations that live and that it leaves alone. */
  readonly keeps: number;
}
