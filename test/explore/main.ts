// npm run explore -- --count 3 --canary 1 --max-parallel 1 --faults 2 --versions 3 [--auto-revert] [--auto-promote]
// [--groups 2] [--counts 2,3] [--settle] [--lockstep] [--most N] [--trace FILE]: every interleaving of what can happen to one job, on the code that ships.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { explore } from "../../src/explore/index.js";
import { type RolloutOptions, rolloutSpace, rolloutTrace, traceLines } from "../../src/testing/index.js";

// What is refused is refused thousands of times a second, and nobody reads where.
Error.stackTraceLimit = 0;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "2" },
    canary: { type: "string", default: "1" },
    "max-parallel": { type: "string", default: "1" },
    faults: { type: "string", default: "1" },
    versions: { type: "string", default: "2" },
    groups: { type: "string", default: "1" },
    counts: { type: "string", default: "" },
    "auto-revert": { type: "boolean", default: false },
    "auto-promote": { type: "boolean", default: false },
    settle: { type: "boolean", default: false },
    lockstep: { type: "boolean", default: false },
    most: { type: "string" },
    trace: { type: "string" },
  },
});

const canary = whole("canary", values.canary);
const rollout: RolloutOptions = {
  count: whole("count", values.count),
  groups: whole("groups", values.groups),
  faults: whole("faults", values.faults),
  versions: whole("versions", values.versions),
  counts: values.counts === "" ? [] : values.counts.split(",").map((one) => whole("counts", one)),
  settles: values.settle,
  lockstep: values.lockstep,
  update: {
    maxParallel: whole("max-parallel", values["max-parallel"]),
    canary,
    autoRevert: values["auto-revert"],
    ...(canary > 0 ? { autoPromote: values["auto-promote"] } : {}),
  },
};

const from = process.hrtime.bigint();
const seconds = (): number => Number(process.hrtime.bigint() - from) / 1e9;
let told = 0;
const found = explore(rolloutSpace(rollout), {
  ...(values.most === undefined ? {} : { most: whole("most", values.most) }),
  onProgress: (states, waiting, transitions) => {
    // A file gets a line a minute.
    const isTerminal = process.stderr.isTTY;
    if (!isTerminal && seconds() < told + 60) return;
    told = seconds();
    // What waits now leads to more: the least that is left.
    const left = Math.ceil((waiting / states) * told);
    const line = `${states} states, ${waiting} to look at, ${transitions} transitions, at least ${left} s more`;
    process.stderr.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  },
});
if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");

for (const { message, trace } of found.violations) {
  console.log(`${message}\nafter`);
  // What is over is collected after every step, or no state would be like another.
  const lines = traceLines(rolloutTrace(rollout, trace)).filter((line) => !line.includes(" collect "));
  for (const [at, line] of lines.entries()) console.log(`  ${at + 1}. ${line}`);
}
const [first] = found.violations;
if (first !== undefined && values.trace !== undefined) {
  writeFileSync(values.trace, JSON.stringify(rolloutTrace(rollout, first.trace)));
}
if (!found.isComplete && found.violations.length === 0)
  console.log("stopped at the limit: not everything was seen");
console.log(
  `explored: ${found.states} states, ${found.transitions} transitions, ${found.violations.length} violations, ${seconds().toFixed(1)} s`,
);
process.exitCode = found.violations.length === 0 ? 0 : 1;

function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name} is "${text}"; it must be a whole number.`);
  process.exit(2);
}
