// npm run bench: reconcile beside the bare pass in one run. Ratios mean something; times on a shared machine do not.
import { Bench } from "tinybench";
import { reconcile } from "../../src/index.js";
import { barePass } from "./bare-pass.js";
import { SCENARIOS } from "./scenarios.js";

const SIZES = (process.argv[2] ?? "10,1000,10000,1000000").split(",").map(Number);

interface Measured {
  readonly reconcile: number;
  readonly bare: number;
}

/** Medians in milliseconds, the two taken in turn. */
async function measure(name: string, size: number): Promise<Measured> {
  const input = SCENARIOS.find((scenario) => scenario.name === name)?.input(size);
  const reference = SCENARIOS[0]?.input(size).allocations ?? [];
  if (input === undefined) throw new Error(`no scenario ${name}`);
  let kept: unknown;
  const bench = new Bench({
    time: size > 100_000 ? 0 : 300,
    iterations: size > 100_000 ? 5 : 20,
    warmupTime: 50,
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
  ["scenario".padEnd(16), "allocations", "bare ms", "reconcile ms", "ratio", "x10 allocations"].join("  "),
);
for (const { name } of SCENARIOS) {
  let before: { size: number; time: number } | undefined;
  for (const size of SIZES) {
    const { reconcile: time, bare } = await measure(name, size);
    const growth =
      before === undefined
        ? ""
        : `x${((time / before.time) ** (1 / Math.log10(size / before.size))).toFixed(1)}`;
    console.log(
      [
        name.padEnd(16),
        String(size).padStart(11),
        bare.toFixed(3).padStart(7),
        time.toFixed(3).padStart(12),
        (time / bare).toFixed(1).padStart(5),
        growth.padStart(15),
      ].join("  "),
    );
    before = { size, time };
  }
}
