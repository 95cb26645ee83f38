import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replayTrace } from "../../src/simulate/index.js";
import {
  makeTestingKit,
  PropertyViolated,
  type ReconcilerOptions,
  traceLines,
} from "../../src/testing/index.js";
import { SEED } from "./run-settings.js";
import { surgeReconciler } from "./surge/surge-reconciler.js";

const { assertReconciler } = makeTestingKit(fc);

/** What it knows nothing of is not asked. */
const ITS_WORLD: ReconcilerOptions = {
  seed: SEED,
  // Single inputs may be anything; what it decides is for states that events lead to.
  inputs: 0,
  lives: 300,
  limits: { batch: false, canaries: false, disconnect: false, reschedule: false, groups: 1 },
  floors: {
    "kind place": 100,
    "stop surplus": 100,
    "kind update": 20,
    "stop lost": 20,
    "status successful": 20,
  },
};

/** Where it decides otherwise, on purpose. */
const OTHERWISE = [
  // It may go above the count for a while,
  "ceiling",
  "names",
  "names at rest",
  // stops first and starts when there is room,
  "owed work is not lost",
  // picks by id,
  "victims",
  // waits for ever for the health of what belongs to a failed deployment,
  "more parallel",
  // goes on with a version that failed,
  "freeze",
  // and never goes back by itself.
  "failing-version",
];

function found(run: () => unknown): PropertyViolated {
  try {
    run();
  } catch (error) {
    if (error instanceof PropertyViolated) return error;
    throw error;
  }
  throw new Error("nothing was found");
}

describe("a rolling update in the manner of Kubernetes, behind the adapter", () => {
  it.each([0, 1, 2])("keeps what applies to it, with maxSurge %i", (maxSurge) => {
    const report = assertReconciler(surgeReconciler({ maxSurge }), {
      ...ITS_WORLD,
      lives: 200,
      except: OTHERWISE,
    });
    expect(report.lives).toBe(200);
    expect(report.asked["floor"]).toBeGreaterThan(600);
  });

  it("what it does otherwise on purpose is seen", () => {
    for (const property of OTHERWISE) {
      const check = (): unknown =>
        assertReconciler(surgeReconciler({ maxSurge: 1 }), {
          ...ITS_WORLD,
          properties: [property],
          shrinks: 0,
        });
      expect(found(check).violations[0]?.property).toBe(property);
    }
  });
});

describe("the planted bug: what is only just placed counts as available", () => {
  const buggy = surgeReconciler({ maxSurge: 0, trustsNewOnes: true });

  it("is caught by the floor, with a short trace", () => {
    const error = found(() => assertReconciler(buggy, { ...ITS_WORLD, properties: ["floor"] }));
    expect(error.code).toBe("property_violated");
    if (error.counterexample.kind !== "life") expect.unreachable("it is found in a life");
    expect(traceLines(error.counterexample.trace).length).toBeLessThanOrEqual(12);
  });

  it("and when all is asked that applies: the whole rollout happens at once, and nothing waits for health", () => {
    const error = found(() => assertReconciler(buggy, { ...ITS_WORLD, except: OTHERWISE }));
    expect(["floor", "idempotence"]).toContain(error.violations[0]?.property);
  });

  it("and the trace shows it again: in the simulator, and from the seed and the paths", () => {
    const options = { ...ITS_WORLD, properties: ["floor"] };
    const error = found(() => assertReconciler(buggy, options));
    if (error.counterexample.kind !== "life") expect.unreachable("it is found in a life");
    const again = found(() => assertReconciler(buggy, { ...options, replay: error.replay }));
    expect(again.violations).toEqual(error.violations);
    expect(replayTrace(error.counterexample.trace, { reconcile: buggy }).violation).toBeDefined();
  });
});
