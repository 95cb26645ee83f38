import type { JobEvent, JobState, Transition } from "../../lifecycle/index.js";
import type { Plan, VerdigrisError } from "../../model/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";

/** Looks at what happens in a world, and changes nothing. @public */
export interface Watcher {
  /** A plan was made. */
  planned?(jobId: string, input: ReconcileInput, plan: Plan): void;
  /** An event was accepted; `plan`: the whole plan that an applied one is, or is a part of. */
  happened?(jobId: string, before: JobState, event: JobEvent, after: Transition, plan?: Plan): void;
  /** An event was refused. */
  refused?(jobId: string, state: JobState, event: JobEvent, error: VerdigrisError): void;
}
