import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What a program prints; what it says of its failure is thrown. */
function printed(...programArguments: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, programArguments, {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

describe("the tests that a mutant meets", () => {
  it("can be put together and loaded: they ask nothing of a runner that theirs has not", () => {
    printed("test/mutation/bundle.mjs");
    const load = `
      const { tests } = await import("./test/mutation/suite.mjs");
      await import("./.stryker/bundle/all.mjs");
      console.log(tests.length);
    `;
    expect(Number(printed("--input-type=module", "--eval", load))).toBeGreaterThan(1_000);
  });
});
