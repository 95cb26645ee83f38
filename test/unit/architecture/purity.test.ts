import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = new URL("../../../src/", import.meta.url).pathname;

/** Outside these folders nothing may know what time it is, throw dice, or look around. */
const FREE = /^(cli|fleet)\//;
const BANNED =
  /\bDate\b|Math\.random|\bprocess\b|\bconsole\b|setTimeout|setInterval|\bperformance\b|from "node:|require\(/;

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

describe("src", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !FREE.test(name),
  );

  it("reads no clock, no randomness, no environment and no file", () => {
    const guilty = files.filter((name) =>
      BANNED.test(withoutComments(readFileSync(join(root, name), "utf8"))),
    );
    expect(files.length).toBeGreaterThan(50);
    expect(guilty).toEqual([]);
  });

  it("holds one idea a file: none is longer than 250 lines", () => {
    const long = files.filter((name) => readFileSync(join(root, name), "utf8").split("\n").length > 250);
    expect(long).toEqual([]);
  });
});
