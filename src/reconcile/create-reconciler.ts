import type { Allocation, Job, Plan } from "../model/index.js";
import { type Evaluation, evaluationOf } from "./evaluation.js";
import type { GroupReading } from "./group-reading.js";
import type { ReconcileInput } from "./input.js";
import { planFrom } from "./plan-from.js";
import type { ReconcilePolicy } from "./policy.js";
import { readGroups } from "./read-groups.js";
import { rereadGroups } from "./reread-groups.js";

/** What every call of one reconciler has in common. @public */
export interface ReconcilerOptions {
  readonly policy?: ReconcilePolicy;
}

/** An input whose policy the reconciler has already. @public */
export type ReconcilerInput = Omit<ReconcileInput, "policy">;

/** Decides as `reconcile` does, and remembers what it read. @public */
export type Reconciler = (input: ReconcilerInput) => Plan;

/** What the last call read, and what it read it from. */
interface Memory {
  readonly versions: readonly Job[];
  readonly deploymentId: string | undefined;
  readonly allocations: readonly Allocation[];
  readonly readings: readonly GroupReading[];
}

/**
 * A {@link reconcile} for one job that is asked again and again. Its plans are equal to those of `reconcile` to the last
 * byte; but where the input shares versions and allocations with the one before - as states that `transition` makes do -
 * it looks at the allocations alone that changed. After one health report on a large job a plan takes a small part of the
 * time.
 *
 * It remembers the last input alone, and only within itself. What it was given must not be changed in place; a plan
 * shares actions with the plans before it.
 *
 * @example
 * ```ts
 * const reconciler = createReconciler();
 * const input = { versions: [job], allocations: [], deployments: [], now: 0, evaluationId: "eval-1" };
 * reconciler(input).groups["web"]?.place; // 3
 * reconciler({ ...input, now: 1_000 }).groups["web"]?.place; // 3
 * ```
 *
 * @public
 */
export function createReconciler({ policy }: ReconcilerOptions = {}): Reconciler {
  let memory: Memory | undefined;
  return (data) => {
    const input = policy === undefined ? data : { ...data, policy };
    const evaluation = evaluationOf(input);
    memory = recall(memory, evaluation, data);
    return planFrom(input, evaluation, memory.readings);
  };
}

/** The memory as this input leaves it. */
function recall(memory: Memory | undefined, evaluation: Evaluation, input: ReconcilerInput): Memory {
  const { versions, allocations } = input;
  const deploymentId = evaluation.current?.id;
  const mayBeReread =
    memory !== undefined && memory.deploymentId === deploymentId && areSame(memory.versions, versions);
  const readings =
    mayBeReread && rereadGroups(evaluation, memory.readings, memory.allocations, allocations)
      ? memory.readings
      : readGroups(evaluation, allocations).map(keeping);
  return { versions, deploymentId, allocations, readings };
}

function areSame(before: readonly Job[], after: readonly Job[]): boolean {
  return before.length === after.length && before.every((job, i) => job === after[i]);
}

/** What is at rest is said in the same words again. */
function keeping(reading: GroupReading): GroupReading {
  return { ...reading, kept: { ids: reading.allocations.map(({ id }) => id), atRest: undefined } };
}
