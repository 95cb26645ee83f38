import {
  emptyJobState,
  type JobEvent,
  type JobState,
  nextTick,
  parseJobEvent,
  parseJobState,
  parseReconcileInput,
  reconcile,
  transition,
} from "../../src/index.js";
import { type NomadAnswers, readState } from "../../src/nomad/index.js";
import { parseTrace, replayTrace } from "../../src/simulate/index.js";
import { recordedStates } from "../fixtures/recorded-states.js";
import { corpora } from "../golden/corpus.js";
import type { Tree } from "./json-tree.js";

/** A parser, real JSON that it accepts, and what is done with what it accepts. */
export interface Parser {
  readonly name: string;
  readonly seeds: readonly Tree[];
  /** What uses what was accepted, as a caller would. */
  readonly parse: (value: Tree) => () => void;
}

const NOW = 1_800_000_000_000;
const golden = corpora();
const traces = golden.flatMap((corpus) => corpus.traces).filter((_, at) => at % 6 === 0);

export const PARSERS: readonly Parser[] = [
  parser(
    "parseReconcileInput",
    golden.flatMap(({ inputs }) => inputs),
    parseReconcileInput,
    (input) => reconcile(input),
  ),
  parser(
    "parseJobState",
    lived(({ state }) => state),
    parseJobState,
    (state) => {
      reconcile({ ...state, now: NOW, evaluationId: "fuzzed" });
      transition(state, { kind: "tick", now: nextTick(state, NOW) ?? NOW });
    },
  ),
  parser(
    "parseJobEvent",
    lived(({ event }) => event),
    parseJobEvent,
    (event) => transition(emptyJobState(), event),
  ),
  parser("parseTrace", traces, parseTrace, (trace) => replayTrace(trace)),
  parser(
    "readState",
    recordedStates().map(({ answers }) => answers),
    (value) => readState(value as NomadAnswers),
    (state) => reconcile({ ...state, now: NOW, evaluationId: "fuzzed" }),
  ),
];

function parser<T>(
  name: string,
  seeds: readonly unknown[],
  parse: (value: unknown) => T,
  use: (value: T) => unknown,
): Parser {
  return {
    name,
    // As it comes from a file.
    seeds: seeds.map((seed) => JSON.parse(JSON.stringify(seed)) as Tree),
    parse: (value) => {
      const accepted = parse(value);
      return () => use(accepted);
    },
  };
}

/** What the golden lives went through: every event, and the state before it. */
function lived<T>(take: (moment: { readonly state: JobState; readonly event: JobEvent }) => T): T[] {
  const moments: T[] = [];
  for (const trace of traces) {
    replayTrace(trace, {
      checks: false,
      watchers: [{ happened: (_, state, event) => moments.push(take({ state, event })) }],
    });
  }
  return moments;
}
