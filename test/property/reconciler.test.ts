import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Allocation,
  createReconciler,
  type Plan,
  type ReconcileInput,
  type ReconcilePolicy,
  type Reconciler,
  reconcile,
  transition,
} from "../../src/index.js";
import { evaluationOf } from "../../src/reconcile/evaluation.js";
import { readGroups } from "../../src/reconcile/read-groups.js";
import { rereadGroups } from "../../src/reconcile/reread-groups.js";
import { makeTestingKit } from "../../src/testing/index.js";
import { SCALE, SEED } from "./run-settings.js";

const { arbitraries, assertLifecycle } = makeTestingKit(fc);
const INPUTS = Math.round(10_000 * SCALE);
const LIVES = Math.round(300 * SCALE);

/** What may become of an allocation without its being another one. */
const CHANGES: readonly Partial<Allocation>[] = [
  { clientStatus: "running" },
  { clientStatus: "failed" },
  { clientStatus: "lost" },
  { clientStatus: "unknown", clientStatusHistory: [{ status: "unknown", at: 1_000 }] },
  { desiredStatus: "stop" },
  { desiredTransition: { migrate: true } },
  { deploymentStatus: { healthy: true } },
  { deploymentStatus: { healthy: false } },
  { jobVersion: 0 },
  { jobVersion: 1 },
];

/** An input, and the same one a moment later: some of its allocations changed. */
const moments: fc.Arbitrary<readonly [ReconcileInput, ReconcileInput]> = fc
  .record({
    input: arbitraries.inputs(),
    changes: fc.array(fc.record({ at: fc.nat(40), change: fc.constantFrom(...CHANGES) }), { maxLength: 4 }),
    later: fc.constantFrom(0, 1, 60_000, 3_600_000),
  })
  .map(({ input, changes, later }) => {
    const allocations = [...input.allocations];
    for (const { at, change } of changes) {
      const changed = allocations[at];
      if (changed !== undefined) allocations[at] = { ...changed, ...change };
    }
    return [input, { ...input, allocations, now: input.now + later }] as const;
  });

/** A plan to the last byte, or what is said against the input. */
function said(decide: () => Plan): string {
  try {
    return JSON.stringify(decide());
  } catch (error) {
    return String(error);
  }
}

function isReread([before, after]: readonly [ReconcileInput, ReconcileInput]): boolean {
  const readings = readGroups(evaluationOf(before), before.allocations);
  return rereadGroups(evaluationOf(after), readings, before.allocations, after.allocations);
}

describe("the full reconcile and any incremental one agree to the last byte", () => {
  it(`where some of the allocations changed (seed ${SEED}, ${INPUTS} inputs)`, () => {
    const reach = { reread: 0, readAgain: 0 };
    fc.assert(
      fc.property(moments, ([before, after]) => {
        const { policy } = before;
        const reconciler = createReconciler(policy === undefined ? {} : { policy });
        for (const input of [before, after, before]) {
          const { policy: _, ...data } = input;
          expect(said(() => reconciler(data))).toBe(said(() => reconcile(input)));
        }
        if (before.allocations === after.allocations) return;
        reach[isReread([before, after]) ? "reread" : "readAgain"]++;
      }),
      { numRuns: INPUTS, seed: SEED },
    );
    expect(reach.reread).toBeGreaterThan(INPUTS / 5);
    expect(reach.readAgain).toBeGreaterThan(INPUTS / 20);
  });

  it(`along whole lives (seed ${SEED}, ${LIVES} lives)`, () => {
    const reconcilers = new Map<ReconcilePolicy | undefined, Reconciler>();
    let shared = 0;
    let last: Plan | undefined;
    const both = (input: ReconcileInput): Plan => {
      const { policy, ...data } = input;
      const reconciler = reconcilers.get(policy) ?? createReconciler(policy === undefined ? {} : { policy });
      reconcilers.set(policy, reconciler);
      const plan = reconciler(data);
      if (plan.actions.length > 0 && plan.actions === last?.actions) shared++;
      last = plan;
      expect(JSON.stringify(plan)).toBe(JSON.stringify(reconcile(input)));
      return plan;
    };
    // Those that make many plans, and several of one state.
    const properties = ["convergence", "idempotence"];
    assertLifecycle(
      { reconcile: both, transition },
      { lives: LIVES, steps: 40, seed: SEED, properties, floors: {} },
    );
    expect(shared).toBeGreaterThan(LIVES / 2);
  }, 300_000);
});
