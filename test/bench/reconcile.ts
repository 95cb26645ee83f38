// npm run bench: reconcile beside the bare pass in one run. Ratios mean something; times on a shared machine do not.
import { Bench } from "tinybench";
import { type Allocation, type ReconcileInput, reconcile } from "../../src/index.js";
import { barePass } from "./bare-pass.js";
import { SCENARIOS } from "./scenarios.js";

const SIZES = (process.argv[2] ?? "10,1000,10000,1000000").split(",").map(Number);

interface Measured {
  readonly reconcile: number;
  readonly bare: number;
}

/** Medians in milliseconds, the two taken in turn. */
async function measure(input: ReconcileInput, reference: readonly Allocation[]): Promise<Measured> {
  const isLarge = reference.length > 100_000;
  let kept: unknown;
  const bench = new Bench({
    time: isLarge ? 0 : 200,
    iterations: isLarge ? 3 : 20,
    warmupIterations: isLarge ? 1 : 16,
    warmupTime: isLarge ? 0 : 50,
  });
  bench.add("bare", () => {
    kept = barePass(reference);
  });
  bench.add("reconcile", () => {
    kept = reconcile(input);
  });
  await bench.run();
  void kept;
  const median = (task: string): number => {
    const result = bench.getTask(task)?.result;
    return result !== undefined && "latency" in result ? result.latency.p50 : Number.NaN;
  };
  return { reconcile: median("reconcile"), bare: median("bare") };
}

console.log(
  ["scenario".padEnd(16), "allocations", " bare ms", "reconcile ms", "ratio", "x10 allocations"].join("  "),
);
const before = new Map<string, { readonly size: number; readonly time: number }>();
for (const size of SIZES) {
  const reference = SCENARIOS[0]?.input(size).allocations ?? [];
  for (const { name, input } of SCENARIOS) {
    const { reconcile: time, bare } = await measure(input(size), reference);
    const smaller = before.get(name);
    const growth =
      smaller === undefined
        ? ""
        : `x${((time / smaller.time) ** (1 / Math.log10(size / smaller.size))).toFixed(1)}`;
    console.log(
      [
        name.padEnd(16),
        String(size).padStart(11),
        bare.toFixed(4).padStart(8),
        time.toFixed(4).padStart(12),
        (time / bare).toFixed(1).padStart(5),
        growth.padStart(15),
      ].join("  "),
    );
    before.set(name, { size, time });
  }
}
