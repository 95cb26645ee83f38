import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { reconcile } from "../../src/index.js";
import { makeTestingKit, PLAN_BUCKETS, PLAN_PROPERTIES, type RunReport } from "../../src/testing/index.js";
import { poisoned } from "./poisoned.js";
import { SCALE, SEED } from "./run-settings.js";

const { assertReconciler } = makeTestingKit(fc);
/** With the states that lives are judged by, of which there are ten thousand, a hundred thousand. */
const INPUTS = Math.round(90_000 * SCALE);
const OFTEN = Math.round(20 * SCALE);

/** Those that not every input meets the premise of, and how many do at least. */
const SELDOM: { readonly [property: string]: number } = { floor: 1_000, freeze: 10_000, superseded: 1_000 };

describe(`what holds of every plan (seed ${SEED}, ${INPUTS} inputs)`, () => {
  let report: RunReport;

  beforeAll(() => {
    report = assertReconciler(poisoned(reconcile), {
      inputs: INPUTS,
      lives: 0,
      seed: SEED,
      // Every kind, reason, class, status and wait is reached.
      floors: Object.fromEntries(PLAN_BUCKETS.map((bucket) => [bucket, OFTEN])),
    });
  }, 600_000);

  it.each(PLAN_PROPERTIES.map(({ name }) => [name, SELDOM[name] ?? INPUTS] as const))(
    "%s: asked %i times",
    (name, least) => {
      expect(report.asked[name]).toBeGreaterThanOrEqual(least * (name in SELDOM ? SCALE : 1));
    },
  );
});
