import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
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

describe("docs/start.md", () => {
  it("has a script that runs as it stands and prints what it says", async () => {
    const [, script = ""] = /```js\n([\s\S]*?)```/.exec(read("start.md")) ?? [];
    const [, said = ""] = /```text\n([\s\S]*?)```/.exec(read("start.md")) ?? [];
    const printed: string[] = [];
    await runModule(script, { console: { log: (line: string) => printed.push(...line.split("\n")) } });
    expect(printed).toEqual(said.trimEnd().split("\n"));
  });
});
