// npm run explore -- --count 3 --canary 1 --max-parallel 1 --faults 2 --versions 3; all options: --help
import { writeFileSync } from "node:fs";
import { explore } from "../../src/explore/index.js";
import { isVerdigrisError } from "../../src/index.js";
import { rolloutSpace, rolloutTrace, traceLines } from "../../src/testing/index.js";
import { asCommandLine, asked } from "./options.js";
import { USAGE } from "./usage.js";

// What is refused is refused thousands of times a second, and nobody reads where.
Error.stackTraceLimit = 0;

const wanted = orExit(() => asked(process.argv.slice(2)));
if (wanted.help) {
  console.log(USAGE);
  process.exit(0);
}
const { rollout, most, trace: traceFile } = wanted;
const space = orExit(() => rolloutSpace(rollout));
console.log(`exploring ${asCommandLine(wanted)}`);
const from = process.hrtime.bigint();
const seconds = (): number => Number(process.hrtime.bigint() - from) / 1e9;
let told = 0;
const found = explore(space, {
  ...(most === undefined ? {} : { most }),
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
if (first !== undefined && traceFile !== undefined) {
  writeFileSync(traceFile, JSON.stringify(rolloutTrace(rollout, first.trace)));
}
if (!found.isComplete && found.violations.length === 0)
  console.log("stopped at the limit: not everything was seen");
console.log(
  `explored: ${found.states} states, ${found.transitions} transitions, ${found.violations.length} violations, ${seconds().toFixed(1)} s`,
);
process.exitCode = found.violations.length === 0 ? 0 : 1;

/** What cannot be explored is said in one line. */
function orExit<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error((isVerdigrisError(error) ? `${error.code}: ${message}` : message).replaceAll("\n", " "));
    process.exit(2);
  }
}
