import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explore } from "../../../src/explore/index.js";
import { rolloutSpace, smallSpace } from "../../../src/testing/index.js";
import { asked, OPTIONS } from "../../explore/options.js";

const page = readFileSync(new URL("../../../docs/explorer.md", import.meta.url), "utf8");

function rows(pattern: RegExp): readonly (readonly [string, number, number])[] {
  const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));
  return [...page.matchAll(pattern)].map(([, of, states, transitions]) => [
    of ?? "",
    number(states),
    number(transitions),
  ]);
}

// The larger ones are told by the command that stands in their row; leaving states alone takes four times as long.
const spaces = rows(/^\| `(--.+)` \| ([\d,]+) \| ([\d,]+) \| 0 \|$/gm).filter(
  ([options, states]) => states < (options.includes("--settle") ? 2_500 : 10_000),
);
const models = rows(/^\| ([\d, ]+) \| ([\d,]+) \| ([\d,]+) \|$/gm);

describe("docs/explorer.md", () => {
  it("has rows", () => {
    expect(spaces.length).toBe(4);
    expect(models.length).toBe(5);
  });

  it.each(spaces)("%s: %d states, %d transitions", (options, states, transitions) => {
    const found = explore(rolloutSpace(asked(options.split(" ")).rollout));
    expect(found).toEqual({ states, transitions, violations: [], isComplete: true });
  });

  it.each(models)("the small model, %s: %d states, %d transitions", (options, states, transitions) => {
    const [count, maxParallel, canary, versions, faults] = options.split(", ").map(Number);
    if (count === undefined || maxParallel === undefined || canary === undefined) throw new Error(options);
    if (versions === undefined || faults === undefined) throw new Error(options);
    const found = explore(smallSpace({ count, maxParallel, canary, versions, faults }));
    expect(found).toEqual({ states, transitions, violations: [], isComplete: true });
  });

  it("names every option of the command", () => {
    for (const option of Object.keys(OPTIONS)) expect(page).toContain(`--${option}`);
  });
});
