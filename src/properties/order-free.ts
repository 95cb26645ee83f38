import type { ReconcileInput } from "../reconcile/index.js";
import { textOf } from "./plan-text.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const orderFree: PlanProperty = {
  kind: "plan",
  name: "order-free",
  sentence:
    "Any permutation of versions, groups of old versions, allocations, deployments and nodes gives the same plan.",
  anchor: "properties.md#order-free",
  cost: "more_plans",
  check: (subject) => {
    const { input, reconcile } = subject;
    const expected = textOf(subject);
    return [reversed, interleaved].flatMap((permute) =>
      JSON.stringify(reconcile(permuted(input, permute))) === expected
        ? []
        : [wrong`another plan when ${{ permutation: permute.name }}`],
    );
  },
};

type Permutation = <T>(items: readonly T[]) => T[];

function permuted(input: ReconcileInput, permute: Permutation): ReconcileInput {
  return {
    ...input,
    versions: permute(input.versions),
    allocations: permute(input.allocations),
    deployments: permute(input.deployments),
    ...(input.nodes === undefined ? {} : { nodes: permute(input.nodes) }),
  };
}

function reversed<T>(items: readonly T[]): T[] {
  return [...items].reverse();
}

/** First, last, second, last but one, ... */
function interleaved<T>(items: readonly T[]): T[] {
  const rest = [...items];
  const taken: T[] = [];
  for (let front = true; rest.length > 0; front = !front) {
    const item = front ? rest.shift() : rest.pop();
    if (item !== undefined) taken.push(item);
  }
  return taken;
}
