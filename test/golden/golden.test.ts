import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { wrongWith } from "./changelog.js";
import { corpora, decide, hashOf } from "./corpus.js";

const known = corpora();
const CHANGELOG = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");

describe.each(known.map((corpus) => [corpus.name, corpus] as const))("golden corpus %s", (_, corpus) => {
  const now = decide(corpus);

  it("is decided as it was, byte for byte", () => {
    const changed = now.flatMap((line, at) => (line === corpus.decisions[at] ? [] : [at]));
    const told = changed.map((at) => firstDifference(corpus.decisions[at] ?? "", now[at] ?? "", at));
    expect(told.slice(0, 5), `${changed.length} of ${now.length} changed; npm run golden says more`).toEqual(
      [],
    );
    expect(corpus.decisions).toHaveLength(now.length);
  });

  it("is not small", () => {
    expect(corpus.inputs.length).toBeGreaterThanOrEqual(100);
    expect(corpus.traces.length).toBeGreaterThanOrEqual(20);
  });
});

/** Where two lines part, with a little around it. */
function firstDifference(was: string, is: string, line: number): string {
  let at = 0;
  while (at < was.length && was[at] === is[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  return `line ${line + 1}: …${around(was)}… is now …${around(is)}…`;
}

describe("the changelog and the golden plans", () => {
  const hashes = new Map(known.map((corpus) => [corpus.name, hashOf(corpus, corpus.decisions)]));

  it("go together", () => {
    expect(wrongWith(CHANGELOG, hashes)).toEqual([]);
  });

  const entry = (
    hash: string,
    words = "A held one that drains is moved, whatever the budget says. ",
  ): string => `### Decisions\n\n- ${words}The golden corpus \`a\` is \`${hash}\`.\n`;
  const [before, after] = ["0123456789abcdef", "fedcba9876543210"];

  it.each([
    ["nothing changed", `## 1.0.0 - D\n\n${entry(before)}`, before, []],
    ["changed and told", `## 1.1.0 - D\n\n${entry(after)}\n## 1.0.0 - D\n\n${entry(before)}`, after, []],
    [
      "changed and not told",
      `## 1.0.0 - D\n\n${entry(before)}`,
      after,
      [/^decisions changed: .*`fedcba9876543210`$/],
    ],
    [
      "told under another heading",
      `## 1.1.0 - D\n\n${entry(after).replace("Decisions", "Fixed")}\n## 1.0.0 - D\n\n${entry(before)}`,
      after,
      [/^decisions changed/],
    ],
    [
      "told in a patch release",
      `## 1.0.1 - D\n\n${entry(after)}\n## 1.0.0 - D\n\n${entry(before)}`,
      after,
      [/^1.0.1 changes decisions/],
    ],
    [
      "told twice",
      `## 1.0.0 - D\n\n${entry(before)}${entry(after).replace("### Decisions\n\n", "")}`,
      before,
      [/^1.0.0 names two hashes/],
    ],
    ["told before a release", `## 1.1.0-rc.1 - D\n\n${entry(before)}`, before, []],
    ["told without a word", `## 1.0.0 - D\n\n${entry(before, "")}`, before, [/and not what$/]],
  ])("know: %s", (_, changelog, hash, wrong) => {
    const found = wrongWith(changelog, new Map([["a", hash]]));
    expect(found).toHaveLength(wrong.length);
    for (const [at, expected] of wrong.entries()) expect(found[at]).toMatch(expected);
  });
});
