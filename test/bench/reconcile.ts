// npm run bench -- [--sizes 10,1000] [--only NAME] [--json FILE]: reconcile beside the bare pass, a row a scenario and size.
// Ratios mean something; times on a shared machine do not.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { A_MILLION_MS, budgetOf } from "./budgets.js";
import { type Measured, measure } from "./measure.js";
import { SCENARIOS } from "./scenarios.js";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10,100,1000,10000,100000,1000000" },
    only: { type: "string" },
    json: { type: "string" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const scenarios = SCENARIOS.filter(({ name }) => values.only === undefined || name === values.only);
if (scenarios.length === 0) {
  console.error(
    `There is no scenario "${values.only}"; there are ${SCENARIOS.map(({ name }) => name).join(", ")}.`,
  );
  process.exit(2);
}

interface Row extends Measured {
  readonly scenario: string;
  readonly size: number;
  readonly budget?: number;
}

const reference = (size: number) => SCENARIOS[0]?.input(size).allocations ?? [];
const rows: Row[] = [];
const missed: string[] = [];
let held = 0;

console.log(
  line(["scenario", "allocations", "median ms", "spread", "M/s", "bytes each", "bare ms", "ratio", "budget"]),
);
for (const size of sizes) {
  for (const { name, input, isSteady } of scenarios) {
    const measured = await measure(input, reference, size);
    const budget = budgetOf(size, isSteady);
    rows.push({ scenario: name, size, ...measured, ...(budget === undefined ? {} : { budget }) });
    if (budget !== undefined)
      judge(`${name} at ${size}: ${measured.ratio.toFixed(1)} of ${budget}`, measured.ratio <= budget);
    if (name === "steady" && size === 1_000_000) {
      judge(
        `a million at rest: ${measured.median.toFixed(0)} ms of ${A_MILLION_MS}`,
        measured.median <= A_MILLION_MS,
      );
    }
    const { median, spread, bare, ratio, bytes } = measured;
    const told = budget === undefined ? "" : `${budget}${ratio <= budget ? "" : " missed"}`;
    const rate = (size / median / 1_000).toFixed(1);
    const [low, high] = spread.map((time) => time.toFixed(3));
    console.log(
      line([
        name,
        String(size),
        median.toFixed(3),
        `${low}-${high}`,
        rate,
        bytes.toFixed(0),
        bare.toFixed(4),
        ratio.toFixed(1),
        told,
      ]),
    );
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
console.log(
  `bench: ${held} of ${held + missed.length} budgets held${missed.length === 0 ? "" : `; missed: ${missed.join("; ")}`}`,
);

function judge(what: string, isHeld: boolean): void {
  if (isHeld) held++;
  else missed.push(what);
}

function line([name = "", ...cells]: readonly string[]): string {
  return [name.padEnd(16), ...cells.map((cell) => cell.padStart(13))].join(" ");
}
