import { type Plan, parseReconcileInput, reconcile } from "../../../src/index.js";
import { compare } from "../../conformance/compare.js";
import { readVectors } from "../../conformance/read-vectors.js";
import type { Vector } from "../../conformance/vector.js";

/** A decision part by part, in the words of `test/conformance/README.md`. */
export interface Decided {
  readonly [part: string]: unknown;
}

export interface DecidedOtherwise {
  readonly vector: Vector;
  /** What Nomad's reconciler answered, when that was recorded. */
  readonly nomad: Decided;
  /** Ours, in the same words. */
  readonly here: Decided;
  readonly plan: Plan;
}

/** A recorded decision that bears the number of that row: Nomad's answer beside ours. */
export function decidedOtherwise(row: number, id: string): DecidedOtherwise {
  const { vector, plan } = recorded(id);
  const { deviations, differences } = compare(vector);
  if (!deviations.includes(row)) throw new Error(`${id} does not bear the number ${row}`);
  const nomad: { [part: string]: unknown } = { ...vector.expected };
  const here: { [part: string]: unknown } = { ...vector.expected };
  for (const difference of differences) {
    nomad[difference.part] = difference.recorded;
    here[difference.part] = difference.ours;
  }
  return { vector, nomad, here, plan };
}

/** A recorded decision, and our plan for the same input. */
export function recorded(id: string): { readonly vector: Vector; readonly plan: Plan } {
  const [family] = id.split("/");
  const file = new URL(`../../conformance/${family}.jsonl`, import.meta.url).pathname;
  const vector = readVectors(file).find((one) => one.id === id);
  if (vector === undefined) throw new Error(`nothing is recorded as ${id}`);
  return { vector, plan: reconcile(parseReconcileInput(vector.input)) };
}
