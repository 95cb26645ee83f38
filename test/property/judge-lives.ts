import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { reconcile, transition } from "../../src/index.js";
import {
  EVENT_FLOORS,
  makeTestingKit,
  PLAN_PROPERTIES,
  type RunReport,
  STATE_PROPERTIES,
  STEP_PROPERTIES,
} from "../../src/testing/index.js";
import { poisoned } from "./poisoned.js";
import { SCALE } from "./run-settings.js";

const { assertLifecycle } = makeTestingKit(fc);
/** Two files, for two cores. */
const LIVES = Math.round(5_000 * SCALE);
/** So much happens in a life, on average; with the plans that it asks for, that is more than forty accepted events. */
const HAPPENINGS = 36;
const STEPS = 40;

/** How often a life meets the premise of these at least, on average. */
const SELDOM: { readonly [property: string]: number } = {
  patches: 0.5,
  adoption: 0.5,
  floor: 2,
  freeze: 2,
  superseded: 0.4,
  "one more": 0.6,
  "more parallel": 0.6,
  "names at rest": 0.3,
  "partial-apply": 0.05,
  "failing-version": 0.07,
  "rollback-ends": 0.006,
};

/** The others: of steps, of the plans on the way, and of the one state of a life and its plan. */
const ASKED = [
  ...STEP_PROPERTIES.map(
    ({ name, cost }) => [name, SELDOM[name] ?? (cost === "one_step" ? STEPS : 2)] as const,
  ),
  // Not of the catalogue, but asked as if it were.
  ["small model", STEPS] as const,
  ...STATE_PROPERTIES.map(({ name }) => [name, SELDOM[name] ?? 1] as const),
  ...PLAN_PROPERTIES.map(({ name, cost }) => [name, SELDOM[name] ?? (cost === "one_plan" ? 10 : 1)] as const),
];

/** Lives, and everything that must hold of them; one half of the run. */
export function judgeLives(seed: number): void {
  describe(`what holds of every sequence of events (seed ${seed}, ${LIVES} lives of ${STEPS} steps)`, () => {
    let report: RunReport;

    beforeAll(() => {
      report = assertLifecycle(
        { reconcile: poisoned(reconcile), transition: poisoned(transition) },
        {
          lives: LIVES,
          steps: HAPPENINGS,
          seed,
          // Every event, refusal, status, rollback and cause is reached.
          floors: Object.fromEntries(
            Object.entries(EVENT_FLOORS).map(([bucket, floor]) => [bucket, Math.ceil((floor / 2) * SCALE)]),
          ),
        },
      );
    }, 900_000);

    it("the lives are as many and as long as they should be", () => {
      expect(report.lives).toBe(LIVES);
      expect(report.asked["one-way"]).toBeGreaterThanOrEqual(STEPS * LIVES);
    });

    it.each(ASKED)("%s: asked %d times in a life", (name, often) => {
      expect(report.asked[name]).toBeGreaterThanOrEqual(often * LIVES);
    });
  });
}
