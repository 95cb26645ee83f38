import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runStory } from "../../../docs/examples/run-story.js";
import { STORIES } from "../../../docs/examples/stories.js";
import * as verdigris from "../../../src/index.js";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("the README", () => {
  it("its ten lines run and print what they say", () => {
    const block = /## Ten lines\n\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const promised = /console\.log\(.*\); \/\/ (.*)/.exec(block)?.[1];
    const lines: unknown[] = [];
    const body = block.replace(/^import .*$/m, "").replace(" as const", "");
    new Function("reconcile", "console", body)(verdigris.reconcile, {
      log: (line: unknown) => lines.push(line),
    });
    expect(promised).toBe("[ 'place: missing', 'place: missing' ]");
    expect(lines).toEqual([["place: missing", "place: missing"]]);
  });

  it("its whole rollout runs and prints what it says", () => {
    const block = /## A whole rollout[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const job = /const job = (\{[\s\S]*?\}) as const;/.exec(readme)?.[1] ?? "";
    const lines: unknown[] = [];
    const body = `const job = ${job};\n${block.replace(/^import .*$/m, "")}`;
    const names = ["applyPlan", "emptyJobState", "placementsOf", "reconcile", "submit", "console"];
    const { applyPlan, emptyJobState, placementsOf, reconcile, submit } = verdigris;
    const log = { log: (line: unknown) => lines.push(line) };
    new Function(...names, body)(applyPlan, emptyJobState, placementsOf, reconcile, submit, log);
    expect(block).toContain("// [ 'pending', 'pending' ]");
    expect(lines).toEqual([["pending", "pending"]]);
  });

  it("names only what exists", () => {
    for (const [, names] of readme.matchAll(/import \{ ([^}]*) \} from "verdigris";/g)) {
      for (const name of (names ?? "").split(", ")) expect(verdigris).toHaveProperty(name);
    }
  });
});

/** What a story shows, step by step. */
function shown(name: string): readonly string[] {
  const story = STORIES.find((one) => one.name === name);
  return story === undefined ? [] : runStory(story, 1).pages;
}

describe("the demo", () => {
  it("plans the user's change as the document shows it", () => {
    const plan = shown("blue-green")[1];
    expect(plan).toContain('+/- Task Group: "api" (5 canary, 5 ignore)');
    expect(plan).toContain('+/- Task: "api-server" (forces create/destroy update)');
    expect(plan).toContain('+/- image: "api-server:1.3" => "api-server:1.4"');
    expect(plan).toContain("nomad job run -check-index 1 docs.nomad.hcl");
    expect(plan?.match(/held_for_promotion/g)).toHaveLength(5);
    expect(plan?.match(/canary_wanted: have 0, need 5/g)).toHaveLength(5);
  });

  it.each([
    ["blue-green", 0, "api         0       0         5        0       0         0"],
    ["blue-green", 2, "api         0       0         10       0       0         0"],
    ["blue-green", 2, "api         true         false     5        5         5       5        0"],
    ["blue-green", 3, "api         0       0         5        0       5         0"],
    ["blue-green", 3, "api         true         true      5        5         5       5        0"],
    ["fail", 3, "api         true         5        5       5        0"],
    ["fail", 3, "1            failed      Deployment marked as failed - rolling back to job version 0"],
    ["canary", 2, "api         true         false     5        1         1       1        0"],
    ["canary", 3, "api         0       0         5        0       2         0"],
    ["canary", 3, "api         true         true      5        1         2       1        0"],
    ["canary", 7, "api         true         true      5        1         5       5        0"],
    ["never-healthy", 3, "api         true         false     5        1         1       0        1"],
    ["never-healthy", 4, "Failed due to progress deadline - rolling back to job version 0"],
    ["rolling", 3, "api         true         5        4       2        0"],
    ["fail-after-promotion", 4, "Failed due to unhealthy allocations - rolling back to job version 0"],
    ["fail-after-promotion", 5, "api         0       0         5        0       6         0"],
  ])("%s, step %i shows the document's numbers", (name, step, line) => {
    expect(
      shown(name)
        [step]?.split("\n")
        .some((one) => one.includes(line)),
    ).toBe(true);
  });
});
