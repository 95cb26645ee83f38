import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type JobEvent, reconcile, transition } from "../../src/index.js";
import {
  PLAN_PROPERTIES,
  STATE_PROPERTIES,
  STEP_PROPERTIES,
  type StateProperty,
  type StepProperty,
  type Wrong,
} from "../../src/properties/index.js";
import { TRACE_FORMAT, type Trace } from "../../src/simulate/index.js";
import { SCALE, SEED } from "./run-settings.js";
import { Choices } from "./states/choices.js";
import { Life } from "./states/life.js";
import { ReachedEvents } from "./states/reached-events.js";

const LIVES = Math.round(5_000 * SCALE);
const STEPS = 40;
/** Patches are made by running an event again, and compared as text: every so many events are enough. */
const EVERY_NTH_PATCH = 12;

const decide = { reconcile, transition };
const tape = fc.array(fc.nat({ max: 0x7fff_ffff }), { minLength: 1, maxLength: 700, size: "max" });
const settings: fc.Parameters<[number[]]> = { seed: SEED, numRuns: LIVES };
/** A life has hundreds of choices: making a failing one shorter is given up some time. */
const SHORTENING = { interruptAfterTimeLimit: 60_000 };
/** Those that look at one plan only; the others ask for many more. */
const PLANS = PLAN_PROPERTIES.filter(({ cost }) => cost === "one_plan");

/** Everything that is checked of a life. */
interface Checks {
  readonly steps: readonly StepProperty[];
  readonly states: readonly StateProperty[];
  readonly plans: typeof PLANS;
  readonly onViolation: (name: string, wrong: readonly Wrong[], events: readonly JobEvent[]) => void;
  readonly reached?: ReachedEvents;
}

/** The life so far as a trace, in a file of its own: `npm run demo -- --replay FILE` shows it. */
function traceFile(events: readonly JobEvent[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "verdigris-life-")), "trace.json");
  const trace: Trace = {
    format: TRACE_FORMAT,
    initial: { now: 1_750_000_000_000, jobs: [] },
    events: events.map((event) => ({ jobId: "shop", event })),
  };
  writeFileSync(file, JSON.stringify(trace));
  return file;
}

function live(choices: readonly number[], { steps, states, plans, onViolation, reached }: Checks): void {
  let events = 0;
  let rests = 0;
  // One state in the middle and the last one are left alone until they rest.
  const middle = (choices[0] ?? 0) % STEPS;
  const note = (name: string, wrong: readonly Wrong[]): void => {
    if (wrong.length > 0) onViolation(name, wrong, life.events);
  };
  const life = new Life(new Choices(choices), decide, {
    step: (before, event, after) => {
      events++;
      reached?.step(before, event, after);
      for (const property of steps) {
        if (property.name === "patches" && events % EVERY_NTH_PATCH !== 0) continue;
        note(property.name, property.check({ before, event, after }));
      }
    },
    refused: (_, __, error) => reached?.refused(error),
    planned: (state, now, plan) => {
      const input = { ...state, now, evaluationId: plan.madeFrom.evaluationId };
      for (const property of plans) note(property.name, property.check({ input, plan, reconcile }));
    },
    rested: (state, now) => {
      rests++;
      if (rests !== middle && rests !== STEPS) return;
      for (const property of states) note(property.name, property.check({ state, now, decide }));
    },
  });
  life.live(STEPS);
}

describe(`what holds of every sequence of events (seed ${SEED}, ${LIVES} lives of ${STEPS} steps)`, () => {
  const violated = new Set<string>();
  const reached = new ReachedEvents();

  beforeAll(() => {
    const checks: Checks = {
      steps: STEP_PROPERTIES,
      states: STATE_PROPERTIES,
      plans: PLANS,
      reached,
      onViolation: (name) => violated.add(name),
    };
    fc.assert(
      fc.property(tape, (choices) => live(choices, checks)),
      settings,
    );
  }, 240_000);

  const all = [...STEP_PROPERTIES, ...STATE_PROPERTIES, ...PLANS];
  it.each(all.map((property) => [property.name, property] as const))("%s", (name, { sentence }) => {
    if (!violated.has(name)) return;
    // Once more for this one alone, so that fast-check makes the life as short as it can.
    const only = <P extends { readonly name: string }>(properties: readonly P[]): P[] =>
      properties.filter((property) => property.name === name);
    let shortest: readonly JobEvent[] = [];
    const checks: Checks = {
      steps: only(STEP_PROPERTIES),
      states: only(STATE_PROPERTIES),
      plans: only(PLANS),
      onViolation: (_, wrong, events) => {
        shortest = events;
        throw new Error(`${sentence}\n${wrong.map(({ message }) => message).join("\n")}`);
      },
    };
    try {
      fc.assert(
        fc.property(tape, (choices) => live(choices, checks)),
        { ...settings, ...SHORTENING },
      );
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // fast-check keeps what the property said as the cause.
      throw new Error(`${error.message}\nTrace: ${traceFile(shortest)}`, { cause: error.cause });
    }
    expect.unreachable(`${name} was violated, and is not any more`);
  });

  it("every event, refusal, status, rollback and cause is reached", () => {
    expect(reached.tooSeldom(SCALE)).toEqual([]);
  });
});
