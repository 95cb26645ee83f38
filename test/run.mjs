// npm test: every stage, in two lanes side by side, and at the end one plain line with the real numbers.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const scratch = mkdtempSync(join(tmpdir(), "verdigris-test-"));

/** Tests by vitest; a run counts its own. */
function tested(name, folders, options) {
  const report = join(scratch, `${name}.json`);
  return {
    name,
    command: [
      ...["npx", "vitest", "run", "--config", "test/vitest.config.ts", ...folders, ...options],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    ],
    counts: () => {
      const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, "utf8"));
      return { passed, failed };
    },
  };
}

const packageReport = join(scratch, "package.json");

/** What generated cases and walks through whole spaces show: most of the time goes there, and coverage is not measured by it. */
const GENERATED = [
  "test/property/**",
  "test/fuzz/**",
  "test/unit/explain/explained-states.test.ts",
  "test/unit/explain/preview-agrees.test.ts",
  "test/unit/testing/small-model.test.ts",
  "test/unit/testing/canonical-state.test.ts",
  "test/unit/docs/explorer-page.test.ts",
];

/** Each stage is a command; one that counts its own checks leaves them in a report. A lane is done one after the other. */
const LANES = [
  [
    tested(
      "generated cases",
      GENERATED.map((files) => files.replace("**", "")),
      [],
    ),
  ],
  [
    { name: "lint", command: ["npm", "run", "--silent", "lint"] },
    { name: "types", command: ["npm", "run", "--silent", "types"] },
    { name: "architecture", command: ["npm", "run", "--silent", "architecture"] },
    { name: "build", command: ["npm", "run", "--silent", "build"] },
    { name: "public surface", command: ["npm", "run", "--silent", "surface"] },
    { name: "sizes", command: ["npx", "size-limit"] },
    tested("tests", [], ["--coverage", ...GENERATED.map((files) => `--exclude=${files}`)]),
    { name: "the example in another simulator", command: ["npm", "run", "--silent", "example:simjs"] },
    { name: "the site", command: ["npm", "run", "--silent", "site"] },
    {
      name: "package",
      command: ["npm", "run", "--silent", "test:package", "--", packageReport],
      counts: () => JSON.parse(readFileSync(packageReport, "utf8")),
    },
  ],
];

const results = (await Promise.all(LANES.map(inTurn))).flat();
const sum = (of) => results.reduce((total, one) => total + one[of], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

async function inTurn(stages) {
  const counted = [];
  for (const stage of stages) counted.push(await run(stage));
  return counted;
}

/** Runs a stage; what it says is printed when it is done, so that two of them do not mix. */
async function run({ name, command, counts }) {
  const [program, ...rest] = command;
  const started = Date.now();
  console.log(`.. ${name}`);
  const child = spawn(program, rest, { stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  child.stdout.on("data", (text) => said.push(text));
  child.stderr.on("data", (text) => said.push(text));
  const status = await new Promise((resolve) => child.on("close", resolve).on("error", () => resolve(1)));
  console.log(`\n== ${name}: ${Math.round((Date.now() - started) / 1000)} s\n${Buffer.concat(said)}`);
  return countOf(counts, status === 0);
}

/** A stage that counts nothing is one check; one that failed without a failed check of its own is a failed one. */
function countOf(counts, ok) {
  if (counts === undefined) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const { passed, failed } = counts();
    const counted = { passed: Number(passed), failed: Number(failed) };
    if (!Number.isInteger(counted.passed + counted.failed)) return { passed: 0, failed: 1 };
    return ok || counted.failed > 0 ? counted : { ...counted, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
