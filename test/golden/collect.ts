import fc from "fast-check";
import { STORIES } from "../../docs/examples/stories.js";
import { type ReconcileInput, reconcile, transition } from "../../src/index.js";
import { type Scenario, simulate, type Trace } from "../../src/simulate/index.js";
import { Coverage } from "../../src/testing/coverage/coverage.js";
import { seePlan } from "../../src/testing/coverage/plan-coverage.js";
import { beginLife, happen, Life, makeTestingKit, type PlanBucket } from "../../src/testing/index.js";

/** Of each thing that plans reach so many examples, the smallest of many tried. */
const OF_EACH = 4;
/** And one in so many, small or large. */
const EACH_OF_SIZE = 500;
const TRIED = 30_000;
const LIVES = 60;
const HAPPENINGS = 30;
const { arbitraries } = makeTestingKit(fc);

/** Inputs that reach everything that plans reach, and lives: the stories, and some in which everything happens. */
export function collect(seed: number): { inputs: ReconcileInput[]; traces: Trace[] } {
  return {
    inputs: inputsOf(seed),
    traces: [...STORIES.map(({ scenario }) => traceOf(scenario(seed))), ...livesOf(seed)],
  };
}

function traceOf(scenario: Scenario): Trace {
  const { trace } = simulate(scenario);
  if (trace === undefined) throw new Error("a trace was asked for");
  return trace;
}

function inputsOf(seed: number): ReconcileInput[] {
  const tried = fc
    .sample(arbitraries.inputs(), { seed, numRuns: TRIED })
    .map((input) => ({ input, text: JSON.stringify(input) }))
    .filter(({ text, input }) => JSON.stringify(JSON.parse(text)) === text && input.policy === undefined)
    .sort((a, b) => a.text.length - b.text.length);
  const reached = new Map<string, number>();
  return tried.flatMap(({ input }, at) => {
    const coverage = new Coverage<PlanBucket>();
    seePlan(coverage, input, reconcile(input));
    const rare = [...coverage.counts.keys()].filter((bucket) => (reached.get(bucket) ?? 0) < OF_EACH);
    for (const bucket of rare) reached.set(bucket, (reached.get(bucket) ?? 0) + 1);
    return rare.length > 0 || at % EACH_OF_SIZE === 0 ? [input] : [];
  });
}

function livesOf(seed: number): Trace[] {
  const births = fc.sample(arbitraries.births(), { seed, numRuns: LIVES });
  const happenings = fc.sample(arbitraries.happenings(), { seed, numRuns: LIVES * HAPPENINGS });
  return births.map((birth, at) => {
    const life = new Life({ reconcile, transition });
    beginLife(life, birth);
    for (const one of happenings.slice(at * HAPPENINGS, (at + 1) * HAPPENINGS)) happen(life, one);
    return life.trace();
  });
}
