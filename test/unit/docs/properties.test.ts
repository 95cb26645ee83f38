import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PROPERTIES } from "../../../src/properties/index.js";

const page = readFileSync(new URL("../../../docs/properties.md", import.meta.url), "utf8");

/** What stands under every heading of a property, by the heading; lines are broken anywhere. */
const stated = new Map(
  page
    .split(/^(?=##)/m)
    .filter((part) => part.startsWith("### "))
    .map((part) => {
      const [heading = "", ...text] = part.split("\n");
      return [heading.slice("### ".length), text.join(" ").replace(/\s+/g, " ")];
    }),
);

/** The kind of a property, from the heading that it stands under. */
const SECTIONS = { plan: "## Of every plan", step: "## Of every event", state: "## Of every state" };

/** What GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return `properties.md#${heading.toLowerCase().replaceAll(" ", "-")}`;
}

describe("docs/properties.md", () => {
  it.each(PROPERTIES.map((property) => [property.name, property] as const))(
    "states %s as its check does",
    (name, { sentence, anchor, kind }) => {
      const text = stated.get(name);
      expect(text).toContain(sentence);
      expect(anchor).toBe(anchorOf(name));
      const file = /\]\(\.\.\/(src\/properties\/[a-z/-]+\.ts)\)/.exec(text ?? "")?.[1];
      const source = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
      expect(source).toContain(`name: "${name}"`);
      const before = page.slice(0, page.indexOf(`### ${name}\n`));
      expect(before.match(/^## .*$/gm)?.at(-1)).toBe(SECTIONS[kind]);
    },
  );

  it("states nothing that is not checked", () => {
    expect([...stated.keys()]).toEqual(PROPERTIES.map(({ name }) => name));
    expect(page.match(/^### /gm)).toHaveLength(PROPERTIES.length);
  });

  it("has one name a property", () => {
    expect(new Set(PROPERTIES.map(({ name }) => name)).size).toBe(PROPERTIES.length);
  });
});
