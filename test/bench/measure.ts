import { Bench } from "tinybench";

/** How long something takes beside a reference, in milliseconds. */
export interface Measured {
  readonly median: number;
  readonly spread: readonly [number, number];
  readonly reference: number;
  /** To the reference of the same round; the median of all rounds. */
  readonly ratio: number;
}

/** Machines are shared, and slower now than then: only what is measured side by side can be compared. */
const ROUNDS = 9;
const FEW_ROUNDS = 3;

/** Measures the two in turns. What takes long is run once a round. */
export async function measureBeside(
  run: () => unknown,
  reference: () => unknown,
  isLong: boolean,
): Promise<Measured> {
  const rounds: { readonly own: Timed; readonly reference: Timed }[] = [];
  for (let round = 0; round < (isLong ? FEW_ROUNDS : ROUNDS); round++) {
    const before = await timed(reference, isLong);
    rounds.push({ reference: before, own: await timed(run, isLong) });
  }
  return {
    median: middle(rounds.map(({ own }) => own.median)),
    spread: [middle(rounds.map(({ own }) => own.low)), middle(rounds.map(({ own }) => own.high))],
    reference: middle(rounds.map((round) => round.reference.median)),
    ratio: middle(rounds.map((round) => round.own.median / round.reference.median)),
  };
}

interface Timed {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Milliseconds of one run. */
export async function timed(run: () => unknown, isLong: boolean): Promise<Timed> {
  let kept: unknown;
  const bench = new Bench(
    isLong
      ? { time: 0, iterations: 2, warmupIterations: 1, warmupTime: 0 }
      : { time: 40, iterations: 10, warmupIterations: 16, warmupTime: 15 },
  );
  bench.add("run", () => {
    kept = run();
  });
  await bench.run();
  void kept;
  const result = bench.getTask("run")?.result;
  if (result === undefined || !("latency" in result)) throw new Error("the bench says nothing");
  const { p50: median, p75: high, min: low } = result.latency;
  return { median, low, high };
}

/** What one run leaves to the garbage collector, its answer included. Larger runs would be collected before they are counted. */
export function bytesOf(run: () => unknown): number {
  for (let n = 0; n < 3; n++) run();
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const answer = run();
  const after = process.memoryUsage().heapUsed;
  return answer === undefined ? 0 : after - before;
}

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
