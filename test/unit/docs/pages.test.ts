import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PROPERTIES } from "../../../src/testing/index.js";
import { corpora } from "../../golden/corpus.js";
import { runModule, runPage } from "./run-page.js";

const root = new URL("../../../docs/", import.meta.url);
const pages = [
  "start.md",
  "concepts.md",
  "for-orchestrators.md",
  "for-simulators.md",
  "for-controllers.md",
  "pitfalls.md",
  ...readdirSync(new URL("guides/", root)).map((name) => `guides/${name}`),
];

function read(name: string): string {
  return readFileSync(new URL(name, root), "utf8");
}

describe.each(pages)("docs/%s", (name) => {
  it("runs as one story and prints what it says", async () => {
    for (const { code, promised, printed } of await runPage(read(name))) {
      expect(printed, code).toEqual(promised);
    }
  });
});

describe("docs/proof.md", () => {
  const proof = read("proof.md").replace(/\s+/g, " ");

  it.each([
    ["../README.md", "1,649"],
    ["../README.md", "38 recorded stories"],
    ["../README.md", "100,000 generated states"],
    ["../README.md", "nine in ten"],
    ["properties.md", "a hundred thousand"],
    ["mutation.md", "some seven thousand"],
    ["mutation.md", "683"],
    ["../CHANGELOG.md", "20,000 cases in `npm test`"],
  ])("states what %s states: %s", (source, said) => {
    expect(read(source).replace(/\s+/g, " ")).toContain(said);
    expect(proof).toContain(said);
  });

  it("counts properties and golden plans", () => {
    expect(PROPERTIES).toHaveLength(43);
    expect(proof).toContain("forty-three sentences");
    const [{ inputs, traces } = { inputs: [], traces: [] }, ...more] = corpora();
    expect(more).toEqual([]);
    const golden = `${inputs.length} inputs and ${traces.length} lives`;
    expect(proof).toContain(golden);
    expect(read("guides/upgrade-without-changed-decisions.md").replace(/\s+/g, " ")).toContain(golden);
  });
});

describe("docs/start.md", () => {
  it("has a script that runs as it stands and prints what it says", async () => {
    const [, script = ""] = /```js\n([\s\S]*?)```/.exec(read("start.md")) ?? [];
    const [, said = ""] = /```text\n([\s\S]*?)```/.exec(read("start.md")) ?? [];
    const printed: string[] = [];
    await runModule(script, { console: { log: (line: string) => printed.push(...line.split("\n")) } });
    expect(printed).toEqual(said.trimEnd().split("\n"));
  });
});
