import type { Plan } from "../model/index.js";
import { evaluationOf } from "./evaluation.js";
import type { ReconcileInput } from "./input.js";
import { planFrom } from "./plan-from.js";
import { readGroups } from "./read-groups.js";

/**
 * Decides what happens next to one job, and why: rules 0 to 16.
 *
 * Pure: the same input gives the same plan to the last byte, whatever the order of its arrays; nothing of the input is
 * changed. Linear in the number of allocations. Data that contradicts itself gives a {@link VerdigrisError} that names
 * the culprit (`unknown_version`, `duplicate_allocation`, `foreign_deployment`, ...).
 *
 * @example
 * ```ts
 * const plan = reconcile({ versions: [job], allocations: [], deployments: [], now: 0, evaluationId: "eval-1" });
 * plan.groups["web"]?.place; // 3
 * ```
 *
 * @public
 */
export function reconcile(input: ReconcileInput): Plan {
  const evaluation = evaluationOf(input); // 1
  return planFrom(input, evaluation, readGroups(evaluation, input.allocations)); // 0, 2 to 16
}
