import { describe, it } from "vitest";
import { reconcile, transition } from "../../src/index.js";
import { Coverage } from "../../src/testing/coverage/coverage.js";
import { Choices } from "../../src/testing/generate/choices.js";
import { freeFormInput } from "../../src/testing/generate/free-form.js";
import { EVERYTHING } from "../../src/testing/generate/job-limits.js";
import { chosenProperties } from "../../src/testing/kit/chosen-properties.js";
import { Judge } from "../../src/testing/kit/judge.js";
import { JudgedLife } from "../../src/testing/kit/judged-life.js";
import { HAPPENING_KINDS, HAPPENINGS } from "../../src/testing/life/happenings.js";
import { happen } from "../../src/testing/life/live.js";
import { tapes } from "./tape.js";

const FREE_FORM_STATES = 250;
/** Lives of one test: the first wrong life ends a mutant. */
const LIVES = 20;
const STEPS = 30;

const decide = { reconcile, transition };
const properties = chosenProperties({});
const KINDS = HAPPENING_KINDS.flatMap((kind) => Array.from({ length: HAPPENINGS[kind].weight }, () => kind));

describe("every property holds", () => {
  it(`of the plans of ${FREE_FORM_STATES} free-form states`, () => {
    const tape = tapes(3);
    for (let n = 0; n < FREE_FORM_STATES; n++) {
      const input = freeFormInput(new Choices(tape(400)));
      new Judge(properties, decide).plan(input, reconcile(input), true);
    }
  });

  it.each([1, 2])(`in ${LIVES} lives (seed %i)`, (seed) => {
    const tape = tapes(seed);
    for (let n = 0; n < LIVES; n++) live(tape);
  });
});

function live(tape: (length: number) => number[]): void {
  const birth = tape(60);
  const judge = new Judge(properties, decide);
  const coverage = new Coverage();
  const judged = new JudgedLife(birth, { decide, judge, coverage, limits: EVERYTHING, steps: STEPS });
  judged.begin(birth);
  for (let step = 0; step < STEPS; step++) {
    const [which = 0] = tape(1);
    const kind = KINDS[which % KINDS.length];
    if (kind !== undefined) happen(judged.life, { kind, choices: tape(24) });
  }
  judged.end();
}
