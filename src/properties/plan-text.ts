import type { PlanCase } from "./violation.js";

/** Several properties compare other plans with the one of their case, one after another. */
const known = new WeakMap<PlanCase, string>();

/** The plan of a case as JSON; it is written once, before anybody plans again. */
export function textOf(subject: PlanCase): string {
  let text = known.get(subject);
  if (text === undefined) {
    text = JSON.stringify(subject.plan);
    known.set(subject, text);
  }
  return text;
}
