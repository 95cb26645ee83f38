import type { JobEvent, JobState, Transition } from "../../lifecycle/index.js";
import type { Plan } from "../../model/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { Checked } from "../violation.js";

/** Who decides: the library, or whoever is to be checked. @public */
export interface Deciders {
  readonly reconcile: (input: ReconcileInput) => Plan;
  readonly transition: (state: JobState, event: JobEvent) => Transition;
}

/** One accepted event, and whoever makes plans. @public */
export interface StepCase {
  readonly before: JobState;
  readonly event: JobEvent;
  readonly after: Transition;
  readonly reconcile: Deciders["reconcile"];
}

/** Something that must hold of every accepted event. @public */
export interface StepProperty extends Checked<"step", StepCase> {
  /** It looks at the step only: cheap enough to stay on. Others make a plan or two, or the step again with its patches. */
  readonly cost: "one_step" | "more_plans" | "patches";
}

/** A state that events led to, at a time. @public */
export interface StateCase {
  readonly state: JobState;
  readonly now: number;
  readonly decide: Deciders;
}

/** Something that must hold of every state that events lead to; it looks at what would come of it. @public */
export type StateProperty = Checked<"state", StateCase>;
