import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import {
  type ErrorCode,
  isVerdigrisError,
  type JobState,
  type Plan,
  type ReconcileInput,
  reconcile,
} from "../../src/index.js";
import { replayTrace, type Trace } from "../../src/simulate/index.js";

/** One step of a life: a plan that was made, an event that was accepted, or one that was refused. */
export type LifeStep =
  | `plan ${string}`
  | `${string} ${string}: ${string}`
  | `${string} refused: ${ErrorCode}`
  | `violation ${string}`;

/** A corpus is never changed; what is decided of it may be, on purpose. Another set of cases is another corpus. */
export interface Corpus {
  readonly name: string;
  readonly inputs: readonly ReconcileInput[];
  readonly traces: readonly Trace[];
  /** The plans of the inputs and the steps of the traces as they were decided when they were last written, a line each. */
  readonly decisions: readonly string[];
}

const FOLDER = new URL("corpus/", import.meta.url);

export function fileOf(name: string, what: "inputs" | "traces" | "decisions"): URL {
  return new URL(`${name}-${what}.jsonl`, FOLDER);
}

export function corpora(): Corpus[] {
  const names = readdirSync(FOLDER).flatMap((file) => /^(.+)-inputs\.jsonl$/.exec(file)?.[1] ?? []);
  return names.sort().map((name) => ({
    name,
    inputs: linesOf(name, "inputs").map((line) => JSON.parse(line) as ReconcileInput),
    traces: linesOf(name, "traces").map((line) => JSON.parse(line) as Trace),
    decisions: linesOf(name, "decisions"),
  }));
}

function linesOf(name: string, what: "inputs" | "traces" | "decisions"): string[] {
  return readFileSync(fileOf(name, what), "utf8").trimEnd().split("\n");
}

/** What is decided of it now: the plan of each input, then the steps of each life. */
export function decide({ inputs, traces }: Pick<Corpus, "inputs" | "traces">): string[] {
  return [
    ...inputs.map((input) => JSON.stringify(decided(input))),
    ...traces.map((trace) => JSON.stringify(stepsOf(trace))),
  ];
}

function decided(input: ReconcileInput): Plan | { readonly refused: ErrorCode } {
  try {
    return reconcile(input);
  } catch (error) {
    if (isVerdigrisError(error)) return { refused: error.code };
    throw error;
  }
}

function stepsOf(trace: Trace): LifeStep[] {
  const steps: LifeStep[] = [];
  const { violation } = replayTrace(trace, {
    watchers: [
      {
        planned: (_, __, plan) => steps.push(`plan ${digestOf(plan)}`),
        happened: (jobId, _, { kind }, { state, evaluate }) =>
          steps.push(`${jobId} ${kind}: ${digestOf([state, evaluate])}`),
        refused: (jobId, _, { kind }, { code }) => steps.push(`${jobId} ${kind} refused: ${code}`),
      },
    ],
  });
  return violation === undefined ? steps : [...steps, `violation ${violation.property}`];
}

function digestOf(value: Plan | readonly [JobState, unknown]): string {
  return digestOfLines([JSON.stringify(value)]);
}

/** What a corpus - what is asked, and what is decided now - comes to, as the changelog names it. */
export function hashOf(
  { inputs, traces }: Pick<Corpus, "inputs" | "traces">,
  decisions: readonly string[],
): string {
  return digestOfLines([JSON.stringify(inputs), JSON.stringify(traces), ...decisions]);
}

function digestOfLines(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
