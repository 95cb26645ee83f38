import type { JobEvent, JobState, Transition } from "../../lifecycle/index.js";
import type { Plan } from "../../model/index.js";
import { PLAN_PROPERTIES, STEP_PROPERTIES, type Wrong } from "../../properties/index.js";
import type { ReconcileInput, reconcile } from "../../reconcile/index.js";
import type { Watcher } from "./watcher.js";

/** Something that must never be happened all the same; its `details` are the values in its `message`, by name. @public */
export interface Violation extends Wrong {
  readonly jobId: string;
  readonly at: number;
  /** The name of what was broken, as in docs/properties.md. */
  readonly property: string;
}

/** Stops a run. */
export class Violated extends Error {
  readonly violation: Violation;
  /** What broke is a plan, which was not carried out. */
  readonly isPlan: boolean;

  constructor(violation: Violation, isPlan: boolean) {
    super(`${violation.property}: ${violation.message}`);
    this.violation = violation;
    this.isPlan = isPlan;
  }
}

/** Those that look at one plan; the others ask for many more. */
const OF_A_PLAN = PLAN_PROPERTIES.filter(({ cost }) => cost === "one_plan");
/** Patches are compared as text, which costs more than all the rest. */
const OF_A_STEP = STEP_PROPERTIES.filter(({ cost }) => cost === "one_step");

/** Checks every plan and every accepted event; the first that breaks a property stops the run. */
export class Invariants implements Watcher {
  readonly #reconcile: typeof reconcile;

  constructor(decide: typeof reconcile) {
    this.#reconcile = decide;
  }

  planned(jobId: string, input: ReconcileInput, plan: Plan): void {
    for (const { name, check } of OF_A_PLAN) {
      const [wrong] = check({ input, plan, reconcile: this.#reconcile });
      if (wrong !== undefined) throw new Violated({ jobId, at: input.now, property: name, ...wrong }, true);
    }
  }

  happened(jobId: string, before: JobState, event: JobEvent, after: Transition): void {
    for (const { name, check } of OF_A_STEP) {
      const [wrong] = check({ before, event, after, reconcile: this.#reconcile });
      if (wrong !== undefined) throw new Violated({ jobId, at: event.now, property: name, ...wrong }, false);
    }
  }
}
