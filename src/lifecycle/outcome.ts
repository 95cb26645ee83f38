import type { Patch } from "immer";
import type { Issue } from "../model/index.js";
import type { JobState } from "./job-state.js";

/** Why the reconciler should run now. @public */
export type EvaluationCause =
  | "job_submitted"
  | "job_stopped"
  | "job_scaled"
  | "job_reverted"
  | "plan_applied"
  | "client_update"
  | "node_update"
  | "health_decided"
  | "promoted"
  | "resumed"
  | "deployment_failed"
  | "allocation_stopped"
  | "migration"
  | "follow_up"
  | "wake_up";

/** Run the reconciler now. @public */
export interface Evaluate {
  readonly because: EvaluationCause;
  /** The follow-up evaluation that is due: run it under this id. */
  readonly evaluationId?: string;
}

/** What came of the automatic rollback of a failed deployment. @public */
export type Rollback =
  /** The specification of version `to` was registered again, as version `version`. */
  | { readonly kind: "rolled_back"; readonly from: number; readonly to: number; readonly version: number }
  /** No version of this registration ever succeeded. */
  | { readonly kind: "no_stable_version" }
  /** The newest stable version runs already: this is what ends endless rollbacks. */
  | { readonly kind: "same_specification"; readonly stableVersion: number }
  /** A newer version was submitted, or the job was stopped: what failed is not what should run. */
  | { readonly kind: "superseded"; readonly byVersion: number };

/** How one state became another, and the way back: JSON patches whose paths are lists of keys. @public */
export interface StatePatches {
  readonly patches: readonly Patch[];
  readonly inversePatches: readonly Patch[];
}

/** What an event's own function says besides the state. */
export interface Said {
  /** Dropped when the event changed nothing. */
  readonly evaluate?: Evaluate;
  /** Submit, stop, scale, revert: the version that is current now. */
  readonly version?: number;
  /** A deployment failed and its groups ask for a rollback: what came of it. */
  readonly rollback?: Rollback;
  /** Submit, scale, revert: what is allowed but probably not meant. */
  readonly warnings?: readonly Issue[];
  /** Tick: when to tick next, in milliseconds since the epoch; absent: time alone changes nothing. */
  readonly nextTickAt?: number;
}

/**
 * What an event did. `state` is the caller's own object when nothing changed; else a new one that shares whatever was
 * not touched.
 *
 * @public
 */
export interface Transition extends Said {
  readonly state: JobState;
  readonly changed: boolean;
  /** The way from the old state to the new one and back; computed when asked for. */
  readonly patches: () => StatePatches;
}
