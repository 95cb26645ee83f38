import { describe, expect, it } from "vitest";
import { analysePolicy } from "../../../src/explain/index.js";
import type { UpdateStrategy } from "../../../src/index.js";
import { aGroup } from "../a-job.js";

function found(update: UpdateStrategy, to: number): string[] {
  const { findings } = analysePolicy(aGroup({ update }), { from: 1, to });
  return findings.map(({ question, count, by }) => `${question} at ${count} by ${by}`);
}

describe("what an update policy can come to", () => {
  it.each<[string, UpdateStrategy, number, readonly string[]]>([
    ["one after the other is one short", { maxParallel: 1 }, 3, ["dips at 1 by 1"]],
    [
      "a canary comes on top, and what follows it is one short",
      { maxParallel: 1, canary: 1 },
      3,
      ["overshoots at 1 by 1", "dips at 2 by 1"],
    ],
    [
      "blue/green of two is never short of two, but of three",
      { maxParallel: 1, canary: 2 },
      3,
      ["overshoots at 1 by 2", "dips at 3 by 1"],
    ],
  ])("%s", (_, update, to, findings) => {
    expect(found(update, to)).toEqual(findings);
  });

  it("says which counts it tried to the end, and how many states it took", () => {
    const analysis = analysePolicy(aGroup({ update: { maxParallel: 2 } }), { from: 1, to: 4 }, { most: 8 });
    expect(analysis.counts.length).toBeLessThan(4);
    expect(analysis.states).toBeGreaterThan(4);
  });
});
