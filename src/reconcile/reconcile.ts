import type { Plan } from "../model/index.js";
import { assemble } from "./assemble.js";
import { decideGroup } from "./decide-group.js";
import { type Evaluation, evaluationOf } from "./evaluation.js";
import type { GroupReading } from "./group-reading.js";
import type { ReconcileInput } from "./input.js";
import { newIds } from "./new-ids.js";
import { pictureOf } from "./picture-of-group.js";
import { planDeployment } from "./plan-deployment.js";
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
  return decide(input, evaluation, readGroups(evaluation, input.allocations)); // 0, 2 to 16
}

/** Decides from what the allocations say. */
function decide(input: ReconcileInput, evaluation: Evaluation, readings: readonly GroupReading[]): Plan {
  const pictures = readings.map((reading) => pictureOf(evaluation, reading));
  for (const picture of pictures) decideGroup(evaluation, picture); // 2 to 15
  const ids = newIds(input);
  const deployment = planDeployment(evaluation, pictures, ids.deployment); // 15
  return assemble(input, evaluation, pictures, deployment, ids); // 16
}
