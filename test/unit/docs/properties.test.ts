import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PLAN_PROPERTIES } from "../../../src/properties/index.js";
import { STATE_PROPERTIES, STEP_PROPERTIES } from "../../../src/properties/sequences/index.js";

const page = readFileSync(new URL("../../../docs/properties.md", import.meta.url), "utf8");

describe("docs/properties.md", () => {
  it.each(
    [...PLAN_PROPERTIES, ...STEP_PROPERTIES, ...STATE_PROPERTIES].map(({ name, sentence }) => [
      name,
      sentence,
    ]),
  )("states %s as its check does", (name, sentence) => {
    const row = page.split("\n").find((line) => line.startsWith(`| [${name}](`));
    expect(row).toContain(sentence);
    const file = /\]\(\.\.\/(src\/properties\/[a-z/-]+\.ts)\)/.exec(row ?? "")?.[1];
    const source = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
    expect(source).toContain(`name: "${name}"`);
  });
});
