// npm test: every stage, two of them side by side, and at the end one plain line with the real numbers.
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

/** Most of the time goes into generated cases, and into what walks through whole spaces; coverage is measured by neither. */
const GENERATED = ["test/property/"];
const WALKS = [
  "test/property/another-orchestrator.test.ts",
  "test/property/reconciler.test.ts",
  "test/fuzz/",
  "test/unit/explain/explained-states.test.ts",
  "test/unit/explain/preview-agrees.test.ts",
  "test/unit/testing/small-model.test.ts",
  "test/unit/testing/canonical-state.test.ts",
  "test/unit/docs/explorer-page.test.ts",
];
const without = (paths) => paths.map((path) => `--exclude=${path.replace(/\/$/, "/**")}`);

/** Each stage is a command; one that counts its own checks leaves them in a report. */
const STAGES = [
  tested("generated cases", GENERATED, without(WALKS)),
  { name: "lint", command: ["npm", "run", "--silent", "lint"] },
  { name: "types", command: ["npm", "run", "--silent", "types"] },
  { name: "architecture", command: ["npm", "run", "--silent", "architecture"] },
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  { name: "public surface", needs: "build", command: ["npm", "run", "--silent", "surface"] },
  { name: "sizes", needs: "build", command: ["npx", "size-limit"] },
  tested("tests", [], ["--coverage", ...without([...GENERATED, ...WALKS])]),
  {
    name: "package",
    needs: "build",
    command: ["npm", "run", "--silent", "test:package", "--", packageReport],
    counts: () => JSON.parse(readFileSync(packageReport, "utf8")),
  },
  tested("whole spaces", WALKS, []),
  { name: "the site", needs: "tests", command: ["npm", "run", "--silent", "site"] },
  { name: "the example in another simulator", command: ["npm", "run", "--silent", "example:simjs"] },
];

const waiting = [...STAGES];
const begun = new Map();
const results = (await Promise.all([lane(), lane()])).flat();
const sum = (of) => results.reduce((total, one) => total + one[of], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") === 0 ? 0 : 1;

/** Takes the next stage as long as there is one; two lanes do so, side by side. */
async function lane() {
  const counted = [];
  for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
    const { name, needs } = stage;
    if (needs !== undefined && !begun.has(needs))
      throw new Error(`${name} needs ${needs}, which is not before it`);
    const done = after(begun.get(needs), stage);
    begun.set(name, done);
    counted.push(await done);
  }
  return counted;
}

async function after(needed, stage) {
  await needed;
  return run(stage);
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
