import type { Plan } from "../model/index.js";
import { assemble } from "./assemble.js";
import { decideGroup } from "./decide-group.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupReading } from "./group-reading.js";
import type { ReconcileInput } from "./input.js";
import { newIds } from "./new-ids.js";
import { pictureOf } from "./picture-of-group.js";
import { planDeployment } from "./plan-deployment.js";

/** Rules 2 to 16, from what the allocations say. */
export function planFrom(
  input: ReconcileInput,
  evaluation: Evaluation,
  readings: readonly GroupReading[],
): Plan {
  const pictures = readings.map((reading) => pictureOf(evaluation, reading));
  for (const picture of pictures) decideGroup(evaluation, picture); // 2 to 15
  const ids = newIds(input);
  const deployment = planDeployment(evaluation, pictures, ids.deployment); // 15
  return assemble(input, evaluation, pictures, deployment, ids); // 16
}
