import {
  allocationShape,
  deploymentShape,
  jobShape,
  listOf,
  name,
  nodeShape,
  open,
  optional,
  parseWith,
  type Shape,
  type StandardSchema,
  standardSchema,
  time,
  whole,
} from "../model/index.js";
import type { ReconcileInput } from "./input.js";

/** An input as data: a policy is made of functions and stays with the caller. @public */
export type ReconcileData = Omit<ReconcileInput, "policy">;

const shape: Shape<ReconcileData> = open<ReconcileData>({
  versions: listOf(jobShape),
  allocations: listOf(allocationShape),
  deployments: listOf(deploymentShape),
  nodes: optional(listOf(nodeShape)),
  now: time,
  evaluationId: name,
  index: optional(whole),
});

/**
 * Checks data from outside - JSON of a file, a database, a request - and gives it back, unchanged and typed. Typed
 * callers need not ask.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * const input = parseReconcileInput(JSON.parse(text));
 * const plan = reconcile({ ...input, policy });
 * ```
 *
 * @public
 */
export function parseReconcileInput(value: unknown): ReconcileData {
  return parseWith(shape, value, "an input of reconcile");
}

/** The same check under the Standard Schema interface. @public */
export const reconcileInputSchema: StandardSchema<ReconcileData> = standardSchema(shape);
