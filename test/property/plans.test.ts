import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconcile, transition } from "../../src/index.js";
import { PLAN_PROPERTIES } from "../../src/properties/index.js";
import { SCALE, SEED } from "./run-settings.js";
import { Choices } from "./states/choices.js";
import { freeFormInput } from "./states/free-form.js";
import { Life } from "./states/life.js";
import { EVERY_BUCKET, Reached } from "./states/reached.js";

const FREE_FORM_STATES = Math.round(14_000 * SCALE);
const LIVES = Math.round(500 * SCALE);
const STEPS = 20;

/** A long tape of choices; it shrinks to a shorter and smaller one. */
const tape = fc.array(fc.nat({ max: 0x7fff_ffff }), { minLength: 1, maxLength: 400, size: "max" });

type Check = (input: Parameters<typeof reconcile>[0], plan: ReturnType<typeof reconcile>) => void;

/** Every plan that is made in a life. */
function live(choices: readonly number[], check: Check): void {
  new Life(
    new Choices(choices),
    { reconcile, transition },
    {
      planned: (state, now, plan) => check({ ...state, now, evaluationId: plan.madeFrom.evaluationId }, plan),
    },
  ).live(STEPS);
}

function settings(numRuns: number): fc.Parameters<[number[]]> {
  return { seed: SEED, numRuns, verbose: 0 };
}

describe(`what holds of every plan (seed ${SEED})`, () => {
  it.each(PLAN_PROPERTIES.map((property) => [property.name, property] as const))("%s", (_, property) => {
    const check: Check = (input, plan) => {
      const wrong = property.check({ input, plan, reconcile });
      if (wrong.length > 0)
        throw new Error(
          `${property.sentence}\n${wrong.map(({ message }) => message).join("\n")}\n${JSON.stringify(input)}`,
        );
    };
    fc.assert(
      fc.property(tape, (choices) => {
        const input = freeFormInput(new Choices(choices));
        check(input, reconcile(input));
      }),
      settings(FREE_FORM_STATES),
    );
    fc.assert(
      fc.property(tape, (choices) => live(choices, check)),
      settings(LIVES),
    );
  });

  it("every kind, reason, class, status and wait is reached", () => {
    const reached = new Reached();
    fc.assert(
      fc.property(tape, (choices) => {
        const input = freeFormInput(new Choices(choices));
        reached.see(input, reconcile(input));
      }),
      settings(FREE_FORM_STATES),
    );
    fc.assert(
      fc.property(tape, (choices) => live(choices, (input, plan) => reached.see(input, plan))),
      settings(LIVES),
    );
    expect(reached.below(EVERY_BUCKET, 20 * SCALE)).toEqual([]);
  });
});
