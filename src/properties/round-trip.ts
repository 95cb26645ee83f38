import type { ReconcileData, ReconcileInput } from "../reconcile/index.js";
import { textOf } from "./plan-text.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const roundTrip: PlanProperty = {
  kind: "plan",
  name: "round trip",
  sentence:
    "The input written as JSON and read again gives the same plan and is not changed, and the plan is one that JSON can hold.",
  anchor: "properties.md#round-trip",
  cost: "more_plans",
  check: (subject) => {
    const { input, plan, reconcile, written = inputText(input) } = subject;
    const { policy } = input;
    // Typed by what was written: all of it is plain data.
    const read: ReconcileData = JSON.parse(written);
    const expected = textOf(subject);
    const answer = JSON.stringify(reconcile(policy === undefined ? read : { ...read, policy }));
    return [
      ...(JSON.stringify(read) === written ? [] : [wrong`the input was changed`]),
      ...(answer === expected ? [] : [wrong`read again it is ${{ answer }}, not ${{ expected }}`]),
      ...(isWritable(plan) ? [] : unwritable(plan, "$")).map((path) => wrong`JSON cannot hold ${{ path }}`),
    ];
  },
};

/** The input as JSON, less its policy, which is no data. */
export function inputText({ policy: _, ...data }: ReconcileInput): string {
  return JSON.stringify(data);
}

/** JSON would lose and change nothing of it; an absent value is no loss. */
function isWritable(value: unknown): boolean {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "function":
    case "symbol":
    case "bigint":
      return false;
    case "object":
      if (value === null) return true;
      for (const inner of Object.values(value)) if (!isWritable(inner)) return false;
      return true;
    default:
      return true;
  }
}

/** Where there is something that is not. */
function unwritable(value: unknown, path: string): string[] {
  if (isWritable(value)) return [];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => unwritable(inner, `${path}.${key}`));
}
