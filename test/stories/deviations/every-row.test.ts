import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const folder = new URL(".", import.meta.url);
const table = readFileSync(new URL("../../../docs/deviations.md", import.meta.url), "utf8");
const tests = readdirSync(folder)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

function numbers(text: string, pattern: RegExp): number[] {
  return [...new Set([...text.matchAll(pattern)].map(([, row]) => Number(row)))].sort((a, b) => a - b);
}

const rows = numbers(table, /^\| (\d+) \|/gm);
const tested = numbers(tests, /\bit(?:\.each\([^)]*\))?\(\s*["']D (\d+): /g);

it("every row of docs/deviations.md has a test that is named after it, and every such test has its row", () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(tested).toEqual(rows);
});

it("each of these names says what Nomad does and what is done here", () => {
  const names = [...tests.matchAll(/["'](D \d+: .*?)["'],(?: \(|$)/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThanOrEqual(rows.length);
  expect(names.filter((name) => !/Nomad.*; here /.test(name ?? ""))).toEqual([]);
});
