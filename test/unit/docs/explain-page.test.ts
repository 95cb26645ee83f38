import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as explanations from "../../../src/explain/index.js";
import * as verdigris from "../../../src/index.js";
import * as render from "../../../src/render/index.js";
import { docsJob, running13 } from "../../stories/docs-job.js";

const page = readFileSync(new URL("../../../docs/explain.md", import.meta.url), "utf8");
const oneCanary = { update: { canary: 1 } };

describe("docs/explain.md", () => {
  it("tells a story that runs and prints what it says", () => {
    const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code ?? "");
    const promised = [...blocks.join("").matchAll(/console\.log\(.*\); +\/\/ (.*)/g)].map(([, said]) => said);
    const [text] = [...page.matchAll(/```text\n([\s\S]*?)\n```/g)].map(([, said]) => said);
    const { state, now } = running13(oneCanary);
    const scope = {
      ...verdigris,
      ...render,
      ...explanations,
      state,
      now,
      job14: docsJob("1.4", oneCanary),
      console: { log: (...said: unknown[]) => printed.push(said.map(told).join(" ")) },
    };
    const printed: string[] = [];
    const body = blocks.join("\n").replace(/^import .*$/gm, "");
    new Function(...Object.keys(scope), body)(...Object.values(scope));
    expect(printed).toEqual([text, ...promised]);
  });

  it("says what every warning is called, and every fate", () => {
    const source = (name: string): string =>
      readFileSync(new URL(`../../../src/explain/${name}.ts`, import.meta.url), "utf8");
    const codes = [...source("preview-warnings").matchAll(/code: "(\w+)"/g)].map(([, code]) => code);
    const fates = [...source("fates").matchAll(/^ {4}(\w+): \[\],$/gm)].map(([, fate]) => fate);
    expect([codes.length, fates.length]).toEqual([4, 10]);
    for (const name of [...codes, ...fates]) expect(page).toContain(`\`${name}\``);
  });
});

/** As Node's console writes it. */
function told(value: unknown): string {
  return Array.isArray(value) ? `[ ${value.map((one) => `'${one}'`).join(", ")} ]` : String(value);
}
