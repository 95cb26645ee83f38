import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
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
import { Choices } from "../../src/testing/generate/choices.js";
import { makeTestingKit } from "../../src/testing/index.js";
import { tapes } from "../../src/testing/kit/arbitraries.js";
import { type Moments, moments, saidInTurn } from "./moments.js";
import { SCALE, SEED } from "./run-settings.js";

const { assertLifecycle } = makeTestingKit(fc);
const INPUTS = Math.round(5_000 * SCALE);
const LIVES = Math.round(300 * SCALE);

function isReread({ before, after }: Moments): boolean {
  if (before.versions !== after.versions || before.deployments !== after.deployments) return false;
  const readings = readGroups(evaluationOf(before), before.allocations);
  return rereadGroups(evaluationOf(after), readings, before.allocations, after.allocations);
}

describe("the full reconcile and any incremental one agree to the last byte", () => {
  it(`where some of the allocations changed (seed ${SEED}, ${INPUTS} inputs)`, () => {
    const reach = { reread: 0, readAgain: 0 };
    fc.assert(
      fc.property(
        tapes(fc, 440).map((tape) => moments(new Choices(tape))),
        (pair) => {
          for (const { remembering, afresh } of saidInTurn(pair)) expect(remembering).toBe(afresh);
          if (pair.changed > 0) reach[isReread(pair) ? "reread" : "readAgain"]++;
        },
      ),
      { numRuns: INPUTS, seed: SEED },
    );
    expect(reach.reread).toBeGreaterThan(INPUTS / 10);
    expect(reach.readAgain).toBeGreaterThan(INPUTS / 10);
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
