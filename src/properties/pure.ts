import { textOf } from "./plan-text.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const pure: PlanProperty = {
  kind: "plan",
  name: "pure",
  sentence: "A deep-frozen input is accepted, and the same input gives a byte-equal plan.",
  anchor: "properties.md#pure",
  cost: "more_plans",
  check: (subject) => {
    const { input, reconcile } = subject;
    const expected = textOf(subject);
    let again: string;
    try {
      again = JSON.stringify(reconcile(frozen(input)));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return [wrong`a frozen input is not accepted: ${{ error: error.message }}`];
    }
    return again === expected ? [] : [wrong`the same input gave another plan`];
  },
};

/** A deep copy that throws when anybody writes to it; functions (a policy's) stay what they are. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozen)) as T;
  const copy = { ...value };
  for (const key of Object.keys(copy)) {
    const inner: unknown = Reflect.get(copy, key);
    if (typeof inner === "object") Reflect.set(copy, key, frozen(inner));
  }
  return Object.freeze(copy);
}
