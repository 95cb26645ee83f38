import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { asCommandLine, asked, OPTIONS } from "../../explore/options.js";
import { USAGE } from "../../explore/usage.js";

const root = new URL("../../../", import.meta.url).pathname;

function run(...options: readonly string[]): readonly [code: number | null, out: string, error: string] {
  const args = ["--import", "tsx", "test/explore/main.ts", ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return [status, stdout, stderr];
}

describe("npm run explore", { timeout: 30_000 }, () => {
  it("says first what it explores, and last what it saw", () => {
    const [code, out, error] = run("--count", "1", "--canary", "0", "--faults", "0");
    expect([code, error]).toEqual([0, ""]);
    const lines = out.trim().split("\n");
    const bounds = "--count 1 --groups 1 --canary 0 --max-parallel 1 --faults 0 --versions 2";
    expect(lines[0]).toBe(`exploring ${bounds}`);
    expect(lines.at(-1)).toMatch(/^explored: \d+ states, \d+ transitions, 0 violations, \d+\.\d s$/);
  });

  it("says in one line what cannot be explored", () => {
    const [code, out, error] = run("--max-parallel", "0");
    expect([code, out]).toEqual([2, ""]);
    expect(error).toMatch(/^invalid_job: .*canary needs maxParallel above 0.*\n$/);
  });

  it("says how it is used", () => expect(run("--help")).toEqual([0, `${USAGE}\n`, ""]));
});

describe("the options of npm run explore", () => {
  it("are all told", () => {
    for (const option of Object.keys(OPTIONS)) expect(USAGE).toContain(`\n  --${option} `);
  });

  it.each([
    ["--versions", "0", 1],
    ["--groups", "0", 1],
    ["--most", "0", 1],
    ["--count", "1.5", 0],
    ["--faults", "", 0],
    ["--counts", "1,x", 0],
  ])("refuse %s %j", (option, value, least) => {
    expect(() => asked([option, value])).toThrow(`it must be a whole number from ${least} on.`);
  });

  it("are read as they are written", () => {
    const written =
      "--count 3 --groups 2 --canary 1 --max-parallel 2 --faults 0 --versions 3 --counts 1,4 --most 9 --auto-revert --auto-promote --settle --lockstep";
    expect(asCommandLine(asked(written.split(" ")))).toBe(written);
    expect(asked(["-h"]).help).toBe(true);
  });
});
