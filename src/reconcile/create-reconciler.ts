import type { Allocation, Job, Plan } from "../model/index.js";
import { type Evaluation, evaluationOf } from "./evaluation.js";
import type { GroupReading } from "./group-reading.js";
import type { ReconcileInput } from "./input.js";
import { planFrom } from "./plan-from.js";
import { NO_POLICY, type ReconcilePolicy } from "./policy.js";
import { readGroups } from "./read-groups.js";
import { rereadGroups } from "./reread-groups.js";

/** What every call of one reconciler has in common. @public */
export interface ReconcilerOptions {
  readonly policy?: ReconcilePolicy;
}

/** An input whose policy the reconciler has already: one that comes with it is not followed. @public */
export type ReconcilerInput = Omit<ReconcileInput, "policy">;

/** Decides as `reconcile` does, and remembers what it read. @public */
export type Reconciler = (input: ReconcilerInput) => Plan;

/** What was read last, and what it was read from. */
interface Memory {
  readonly versions: readonly Job[];
  readonly deploymentId: string | undefined;
  readonly allocations: readonly Allocation[];
  readonly readings: readonly GroupReading[];
}

/**
 * A {@link reconcile} for one job that is asked again and again. Its plans are equal to those of `reconcile` to the last
 * byte; but where the versions, the current deployment and the allocations are those of the call before, bar a few that changed - as in states that
 * `transition` makes - it reads only those. After one health report on a large job a plan takes a small part of the time. Where
 * allocations came or went, it reads all of them again.
 *
 * It remembers the last input that it read, and only within itself. Neither that nor a plan may be changed in place: plans share
 * actions with those before them, and the list of them where all are at rest, which is frozen.
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
export function createReconciler({ policy = NO_POLICY }: ReconcilerOptions = {}): Reconciler {
  let memory: Memory | undefined;
  return (data) => {
    // Whatever comes with the data: what is remembered was decided by this policy.
    const input: ReconcileInput = { ...data, policy };
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
      : readGroups(evaluation, allocations, true);
  return { versions, deploymentId, allocations, readings };
}

function areSame(before: readonly Job[], after: readonly Job[]): boolean {
  return before.length === after.length && before.every((job, i) => job === after[i]);
}
