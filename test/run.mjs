// npm test: every stage in turn, and at the end one plain line with the real numbers.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const scratch = mkdtempSync(join(tmpdir(), "verdigris-test-"));
const testReport = join(scratch, "tests.json");
const packageReport = join(scratch, "package.json");

/** Each stage is a command; one that counts its own checks leaves them in a report. */
const STAGES = [
  { name: "lint", command: ["npm", "run", "--silent", "lint"] },
  { name: "types", command: ["npm", "run", "--silent", "types"] },
  { name: "architecture", command: ["npm", "run", "--silent", "architecture"] },
  {
    name: "unit, property and conformance tests",
    command: [
      "npx",
      "vitest",
      "run",
      "--config",
      "test/vitest.config.ts",
      "--coverage",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${testReport}`,
    ],
    counts: () => {
      const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(testReport, "utf8"));
      return { passed, failed };
    },
  },
  { name: "build", command: ["npm", "run", "--silent", "build"] },
  { name: "public surface", command: ["npm", "run", "--silent", "surface"] },
  { name: "sizes", command: ["npx", "size-limit"] },
  { name: "the example in another simulator", command: ["npm", "run", "--silent", "example:simjs"] },
  {
    name: "package",
    command: ["npm", "run", "--silent", "test:package", "--", packageReport],
    counts: () => JSON.parse(readFileSync(packageReport, "utf8")),
  },
];

let passed = 0;
let failed = 0;
for (const { name, command, counts } of STAGES) {
  console.log(`\n== ${name}`);
  const [program, ...rest] = command;
  const ok = spawnSync(program, rest, { stdio: ["ignore", "inherit", "inherit"] }).status === 0;
  const counted = countOf(counts, ok);
  passed += counted.passed;
  failed += counted.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A stage that counts nothing is one check; one that failed without a failed check of its own is a failed one. */
function countOf(counts, ok) {
  if (counts === undefined) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const counted = counts();
    return ok || counted.failed > 0 ? counted : { ...counted, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
