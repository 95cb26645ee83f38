import type { Plan } from "../model/index.js";
import { assemble } from "./assemble.js";
import { byGroup } from "./canonical-order.js";
import { decideGroup } from "./decide-group.js";
import { type Evaluation, evaluationOf } from "./evaluation.js";
import type { GroupPicture } from "./group-picture.js";
import type { ReconcileInput } from "./input.js";
import { newIds } from "./new-ids.js";
import { pictureOf } from "./picture-of-group.js";
import { planDeployment } from "./plan-deployment.js";

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
  const pictures = drawGroups(evaluation, input); // 0
  for (const picture of pictures) decideGroup(evaluation, picture); // 2 to 15
  const ids = newIds(input);
  const deployment = planDeployment(evaluation, pictures, ids.deployment); // 15
  return assemble(input, evaluation, pictures, deployment, ids); // 16
}

/** The groups in canonical order: as the current job lists them, then those that only allocations still have. */
function drawGroups(evaluation: Evaluation, input: ReconcileInput): GroupPicture[] {
  const members = byGroup(input.allocations);
  const pictures: GroupPicture[] = [];
  for (const group of evaluation.job?.groups ?? []) {
    pictures.push(pictureOf(evaluation, group.name, group, members.get(group.name) ?? []));
    members.delete(group.name);
  }
  for (const name of [...members.keys()].sort()) {
    pictures.push(pictureOf(evaluation, name, undefined, members.get(name) ?? []));
  }
  return pictures;
}
