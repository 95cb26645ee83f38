import { describe, expect, it } from "vitest";
import { reconcile, transition } from "../../src/index.js";
import { PLAN_PROPERTIES } from "../../src/properties/index.js";
import { STATE_PROPERTIES, STEP_PROPERTIES } from "../../src/properties/sequences/index.js";
import type { Choices } from "../property/states/choices.js";
import { freeFormInput } from "../property/states/free-form.js";
import { Life } from "../property/states/life.js";
import { tapes } from "./tape.js";

const FREE_FORM_STATES = 250;
/** Lives of one test: the first wrong life ends a mutant. */
const LIVES = 20;
const STEPS = 30;
/** Patches are made by running an event again: every so many events are enough. */
const EVERY_NTH_PATCH = 12;

const decide = { reconcile, transition };
const CHEAP_PLANS = PLAN_PROPERTIES.filter(({ cost }) => cost === "one_plan");

function note(name: string, wrong: readonly string[]): void {
  if (wrong.length > 0) expect.fail(`${name}: ${wrong.join("; ")}`);
}

function live(choices: Choices): void {
  let events = 0;
  let rests = 0;
  const life = new Life(choices, decide, {
    step: (before, event, after) => {
      events++;
      for (const property of STEP_PROPERTIES) {
        if (property.name === "patches" && events % EVERY_NTH_PATCH !== 0) continue;
        note(property.name, property.check({ before, event, after }));
      }
    },
    planned: (state, now, plan) => {
      const input = { ...state, now, evaluationId: plan.madeFrom.evaluationId };
      for (const property of CHEAP_PLANS) note(property.name, property.check({ input, plan, reconcile }));
    },
    rested: (state, now) => {
      if (++rests !== STEPS) return;
      for (const property of STATE_PROPERTIES) note(property.name, property.check({ state, now, decide }));
    },
  });
  life.live(STEPS);
}

describe("every property holds", () => {
  it(`of the plans of ${FREE_FORM_STATES} free-form states`, () => {
    for (const choices of tapes(3, FREE_FORM_STATES, 400)) {
      const input = freeFormInput(choices);
      const plan = reconcile(input);
      for (const property of PLAN_PROPERTIES) note(property.name, property.check({ input, plan, reconcile }));
    }
  });

  it.each([1, 2])(`in ${LIVES} lives (seed %i)`, (seed) => {
    tapes(seed, LIVES, 600).forEach(live);
  });
});
