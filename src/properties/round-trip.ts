import type { ReconcileData } from "../reconcile/index.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const roundTrip: PlanProperty = {
  kind: "plan",
  name: "round trip",
  sentence:
    "The input written as JSON and read again gives the same plan, and the plan is one that JSON can hold.",
  anchor: "properties.md#round-trip",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => {
    const { policy, ...data } = input;
    // Typed by what was written: all of it is plain data.
    const read: ReconcileData = JSON.parse(JSON.stringify(data));
    const expected = JSON.stringify(plan);
    const answer = JSON.stringify(reconcile(policy === undefined ? read : { ...read, policy }));
    return [
      ...(answer === expected ? [] : [wrong`read again it is ${{ answer }}, not ${{ expected }}`]),
      ...unwritable(plan, "$").map((path) => wrong`JSON cannot hold ${{ path }}`),
    ];
  },
};

/** Where there is something that JSON would lose or change; an absent value is no loss. */
function unwritable(value: unknown, path: string): string[] {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? [] : [path];
  if (typeof value !== "object")
    return typeof value === "function" || typeof value === "symbol" ? [path] : [];
  return value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => unwritable(inner, `${path}.${key}`));
}
