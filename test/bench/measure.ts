import { Bench } from "tinybench";
import { type Allocation, type ReconcileInput, reconcile } from "../../src/index.js";
import { barePass } from "./bare-pass.js";

/** How long a reconcile takes beside the bare pass, in milliseconds. */
export interface Measured {
  readonly median: number;
  /** A quarter takes less than the first, a quarter more than the second. */
  readonly spread: readonly [number, number];
  readonly bare: number;
  /** To the bare pass of the same round; the median of all rounds. */
  readonly ratio: number;
  /** What it leaves to the garbage collector, by allocation of the input; its plan is part of it. */
  readonly bytes: number;
}

/** Machines are shared, and slower now than then: only what is measured side by side can be compared. */
const ROUNDS = 5;
/** More would be collected before it is counted. */
const MOST_TO_WEIGH = 10_000;

/** Measures one input; `reference` is what the bare pass reads. */
export async function measure(
  input: (size: number) => ReconcileInput,
  reference: (size: number) => readonly Allocation[],
  size: number,
): Promise<Measured> {
  const [own, bareOf] = [input(size), reference(size)];
  const rounds: { readonly own: Timed; readonly bare: Timed }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const bare = await timed(() => barePass(bareOf), size);
    rounds.push({ bare, own: await timed(() => reconcile(own), size) });
  }
  const weighed = Math.min(size, MOST_TO_WEIGH);
  return {
    median: middle(rounds.map((round) => round.own.median)),
    spread: [middle(rounds.map((round) => round.own.low)), middle(rounds.map((round) => round.own.high))],
    bare: middle(rounds.map((round) => round.bare.median)),
    ratio: middle(rounds.map((round) => round.own.median / round.bare.median)),
    bytes: bytesOf(input(weighed)) / weighed,
  };
}

interface Timed {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

async function timed(run: () => unknown, size: number): Promise<Timed> {
  const isLarge = size > 100_000;
  let kept: unknown;
  const bench = new Bench({
    time: isLarge ? 0 : 60,
    iterations: isLarge ? 1 : 10,
    warmupIterations: isLarge ? 1 : 16,
    warmupTime: isLarge ? 0 : 20,
  });
  bench.add("run", () => {
    kept = run();
  });
  await bench.run();
  void kept;
  const result = bench.getTask("run")?.result;
  if (result === undefined || !("latency" in result)) throw new Error("the bench says nothing");
  const { p50: median, p75: high, min } = result.latency;
  return { median, low: min, high };
}

function bytesOf(input: ReconcileInput): number {
  reconcile(input);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const plan = reconcile(input);
  const after = process.memoryUsage().heapUsed;
  return plan.actions.length < 0 ? 0 : after - before;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
