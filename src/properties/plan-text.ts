import type { Plan } from "../model/index.js";

/** Several properties compare other plans with the one that they are given, one after another. */
const known = new WeakMap<Plan, string>();

/** The plan as JSON; it is written once. */
export function textOf(plan: Plan): string {
  let text = known.get(plan);
  if (text === undefined) {
    text = JSON.stringify(plan);
    known.set(plan, text);
  }
  return text;
}
