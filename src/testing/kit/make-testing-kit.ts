import type { Arbitrary } from "fast-check";
import type { Allocation, Deployment, Job, Node } from "../../model/index.js";
import type { Deciders } from "../../properties/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import { EVERYTHING, type JobLimits } from "../generate/job-limits.js";
import type { Happening, HappeningKind } from "../life/happening.js";
import {
  births,
  happenings,
  inputs,
  jobs,
  type ReachedState,
  type Step,
  states,
  steps,
} from "./arbitraries.js";
import { assertLifecycle } from "./assert-lifecycle.js";
import { assertReconciler } from "./assert-reconciler.js";
import type { FastCheck } from "./fast-check.js";
import { LifeCommand } from "./life-command.js";
import { refuseFastCheck } from "./refuse-deciders.js";
import type { ReconcilerOptions, RunOptions, RunReport } from "./run-options.js";

/** What `makeTestingKit` gives. @public */
export interface TestingKit {
  readonly arbitraries: Arbitraries;
  /**
   * Checks a reconciler - this library's, or another behind a thin adapter - on single inputs and in lives in which this
   * library's lifecycle carries its plans out. Throws `PropertyViolated` (`property_violated`) with the shortest case,
   * and `seldom_reached` when the run said too little.
   */
  readonly assertReconciler: (reconcile: Deciders["reconcile"], options?: ReconcilerOptions) => RunReport;
  /** Checks a reconciler and a lifecycle together, in lives: everything in the catalogue. Throws as `assertReconciler` does. */
  readonly assertLifecycle: (decide: Deciders, options?: RunOptions) => RunReport;
}

/** Generators; each shrinks to what is simple. @public */
export interface Arbitraries {
  readonly jobs: (limits?: Partial<JobLimits>) => Arbitrary<Job>;
  readonly versions: (limits?: Partial<JobLimits>) => Arbitrary<readonly Job[]>;
  readonly allocations: (limits?: Partial<JobLimits>) => Arbitrary<readonly Allocation[]>;
  readonly deployments: (limits?: Partial<JobLimits>) => Arbitrary<readonly Deployment[]>;
  readonly nodes: (limits?: Partial<JobLimits>) => Arbitrary<readonly Node[]>;
  /** Any well-formed input, whether events can lead to it or not. */
  readonly inputs: (limits?: Partial<JobLimits>) => Arbitrary<ReconcileInput>;
  /** States that events lead to. */
  readonly states: (limits?: Partial<JobLimits>) => Arbitrary<ReachedState>;
  /** Accepted events, with the states before and after. */
  readonly steps: (limits?: Partial<JobLimits>) => Arbitrary<Step>;
  /** What a life begins with (`beginLife`), and what happens in it (`happen`). */
  readonly births: () => Arbitrary<readonly number[]>;
  readonly happenings: (kinds?: readonly HappeningKind[]) => Arbitrary<Happening>;
  /** What happens in a life as commands for `fc.commands` and `fc.modelRun`; the model is a `Life`. */
  readonly commands: (kinds?: readonly HappeningKind[]) => Arbitrary<LifeCommand>;
}

/**
 * Makes the kit with the caller's own fast-check (version 4): nothing imports one.
 *
 * @throws VerdigrisError `bad_option`: it is not fast-check version 4
 *
 * @example
 * ```ts
 * // import fc from "fast-check";
 * const { assertReconciler } = makeTestingKit(fc);
 * const report = assertReconciler(reconcile, { inputs: 50, lives: 10 });
 * report.inputs; // 50
 * ```
 *
 * @public
 */
export function makeTestingKit(fc: FastCheck): TestingKit {
  refuseFastCheck(fc);
  const inputsOf = (limits?: Partial<JobLimits>): Arbitrary<ReconcileInput> => inputs(fc, all(limits));
  return {
    arbitraries: {
      jobs: (limits) => jobs(fc, all(limits)),
      versions: (limits) => inputsOf(limits).map(({ versions }) => versions),
      allocations: (limits) => inputsOf(limits).map(({ allocations }) => allocations),
      deployments: (limits) => inputsOf(limits).map(({ deployments }) => deployments),
      nodes: (limits) => inputsOf(limits).map(({ nodes = [] }) => nodes),
      inputs: inputsOf,
      states: (limits) => states(fc, all(limits)),
      steps: (limits) => steps(fc, all(limits)),
      births: () => births(fc),
      happenings: (kinds) => happenings(fc, kinds),
      commands: (kinds) => happenings(fc, kinds).map((happening) => new LifeCommand(happening)),
    },
    assertReconciler: (reconcile, options = {}) => assertReconciler(fc, reconcile, options),
    assertLifecycle: (decide, options = {}) => assertLifecycle(fc, decide, options),
  };
}

function all(limits: Partial<JobLimits> = {}): JobLimits {
  return { ...EVERYTHING, ...limits };
}
