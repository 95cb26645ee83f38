// npm run bench -- [--sizes 10,1000] [--only NAME] [--jobs 100000] [--json FILE] [--compare FILE]
// npm run bench:jobs -- [--jobs 100000]
// Ratios mean something; times on a shared machine do not.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { events, reports } from "./events.js";
import { exploring } from "./exploring.js";
import { manyJobs } from "./many-jobs.js";
import { again, reconciling } from "./reconciling.js";
import { isHeld, type Row, type Section } from "./row.js";
import { simulating } from "./simulating.js";
import { HEAD, lineOf } from "./table.js";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10,100,1000,10000,100000,1000000" },
    only: { type: "string" },
    jobs: { type: "string", default: "100000" },
    json: { type: "string" },
    compare: { type: "string" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const jobs = Number(values.jobs);

const SECTIONS: { readonly [name: string]: (told: (row: Row) => void) => Section | Promise<Section> } = {
  reconcile: (told) => reconciling(sizes, told),
  again: (told) => again(sizes, told),
  jobs: (told) => manyJobs(jobs, told),
  events: (told) => events(sizes, told),
  reports: (told) => reports(sizes, told),
  simulate: (told) => simulating(told),
  explore: (told) => exploring(told),
};

const wanted = Object.keys(SECTIONS).filter((name) => (values.only ?? name) === name);
if (wanted.length === 0 || sizes.some((size) => !Number.isInteger(size) || size < 10)) {
  console.error(
    `--only is one of ${Object.keys(SECTIONS).join(", ")}; --sizes are whole numbers from 10 on.`,
  );
  process.exit(2);
}

if (!Number.isInteger(jobs) || jobs < 1) {
  console.error("--jobs is a whole number from 1 on.");
  process.exit(2);
}

const earlier: readonly Row[] =
  values.compare === undefined ? [] : JSON.parse(readFileSync(values.compare, "utf8"));
const rows: Row[] = [];
const missed: string[] = [];
let held = 0;
let isWrong = false;
for (const name of wanted) {
  console.log(`${rows.length === 0 ? "" : "\n"}${HEAD}`);
  const section = await SECTIONS[name]?.((row) => console.log(lineOf(row, earlier)));
  rows.push(...(section?.rows ?? []));
  for (const one of section?.held ?? []) {
    if (isHeld(one)) held++;
    else {
      missed.push(`${one.what}: ${one.is.toFixed(one.is < 1 ? 2 : 1)} of ${one.budget}`);
      isWrong ||= one.mustHold === true;
    }
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 1)}\n`);
console.log(
  `bench: ${held} of ${held + missed.length} budgets held${missed.length === 0 ? "" : `; missed: ${missed.join("; ")}`}`,
);
if (isWrong) process.exitCode = 1;
