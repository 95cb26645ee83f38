import type { JobState } from "../../lifecycle/index.js";
import type { Plan } from "../../model/index.js";

/** How much of the bounds is used up. */
export interface Spent {
  readonly faults: number;
  readonly submits: number;
}

/** One state of a rollout space. */
export interface RolloutState {
  readonly job: JobState;
  readonly now: number;
  readonly spent: Spent;
  /** The plan that was made before the last event: too late now. */
  readonly stale?: Plan;
  /** The property that the step to it broke. */
  readonly wrong?: string | undefined;
}
