import type { JobEvent, JobState, Transition } from "../../lifecycle/index.js";
import type { Plan } from "../../model/index.js";
import { type Checked, type Deciders, NOT_ASKED, type Violation } from "../../properties/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { ChosenProperties } from "./chosen-properties.js";

/** Patches are made by running an event again: every so many events are enough. */
const EVERY_NTH_PATCH = 40;

/** Thrown where something is found. */
export class Found extends Error {
  readonly violations: readonly Violation[];
  /** What broke is a plan that was not carried out. */
  readonly isPlan: boolean;

  constructor(violations: readonly Violation[], isPlan: boolean) {
    super(violations.map(({ message }) => message).join("; "));
    this.violations = violations;
    this.isPlan = isPlan;
  }
}

/** Asks properties of what it is shown, throws what is wrong, and counts what it asked. */
export class Judge {
  readonly #properties: ChosenProperties;
  readonly #cheapPlans: ChosenProperties["plans"];
  readonly #cheapSteps: ChosenProperties["steps"];
  readonly #decide: Deciders;
  readonly #asked: Map<string, number>;
  #steps = 0;

  constructor(properties: ChosenProperties, decide: Deciders, asked: Map<string, number> = new Map()) {
    this.#properties = properties;
    this.#cheapPlans = properties.plans.filter(({ cost }) => cost === "one_plan");
    this.#cheapSteps = properties.steps.filter(({ cost }) => cost !== "patches");
    this.#decide = decide;
    this.#asked = asked;
  }

  /** `thoroughly`: also those that make more plans. */
  plan(input: ReconcileInput, plan: Plan, thoroughly: boolean, written?: string): void {
    const { reconcile } = this.#decide;
    const subject = { input, plan, reconcile, ...(written === undefined ? {} : { written }) };
    this.#ask(thoroughly ? this.#properties.plans : this.#cheapPlans, subject, true);
  }

  step(before: JobState, event: JobEvent, after: Transition): void {
    const { reconcile } = this.#decide;
    const withPatches = ++this.#steps % EVERY_NTH_PATCH === 0;
    this.#ask(
      withPatches ? this.#properties.steps : this.#cheapSteps,
      { before, event, after, reconcile },
      false,
    );
  }

  /** A state that is left alone: what would become of it. */
  state(state: JobState, now: number): void {
    this.#ask(this.#properties.states, { state, now, decide: this.#decide }, false);
  }

  #ask<Case>(properties: readonly Checked<string, Case>[], subject: Case, isPlan: boolean): void {
    const violations: Violation[] = [];
    for (const { name, anchor, check } of properties) {
      const found = check(subject);
      // One whose premise is not met has not been asked.
      if (found !== NOT_ASKED) this.#asked.set(name, (this.#asked.get(name) ?? 0) + 1);
      for (const one of found) violations.push({ property: name, anchor, ...one });
    }
    if (violations.length > 0) throw new Found(violations, isPlan);
  }
}
