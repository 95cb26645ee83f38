import { describe, expect, it } from "vitest";
import { timelineText } from "../../../src/render/index.js";
import { aBlueGreen, aFailureWithRollback, aLostNode, aRollout, at, type Rollout } from "./a-timeline.js";

function linesOf({ job, range }: Rollout, width = 60): string[] {
  return timelineText(job, range, { width }).split("\n");
}

describe("rollouts as text", () => {
  it("blue/green: canaries have signs of their own until they are promoted", () => {
    expect(linesOf(aBlueGreen())).toEqual([
      "Allocation   ID  Version  |0          |+30s       |+1m        |+1m30s     |+2m",
      "shop.web[0]  a0  0        .----===============================~~s",
      "shop.web[1]  a1  0        .----===============================~~s",
      "shop.web[2]  a2  0        .----===============================~~s",
      "shop.web[0]  a3  1                        :+++++++############========================",
      "shop.web[1]  a4  1                        :+++++++############========================",
      "shop.web[2]  a5  1                        :+++++++############========================",
      "                          a    b          c                   d           f",
      "                                                              e",
      "",
      "a  +0s  submitted: version 0",
      "b  +13s  successful: version 0",
      "c  +40s  submitted: version 1",
      "d  +1m30s  promoted: version 1",
      "e  +1m30s  successful: version 1 (Deployment completed successfully)",
      "f  +2m  progress deadline: version 1, web",
      "",
      ". pending   : canary, pending   - running   + canary, running   = healthy   # canary, healthy   ~ stopping   s stopped",
    ]);
  });

  it("failure and rollback: what was unhealthy, how it ended, and both versions of what was adopted", () => {
    const lines = linesOf(aFailureWithRollback());
    expect(lines[2]).toMatch(/^shop\.web\[1\] {2}a1 {2}0,2 /);
    expect(lines[3]).toMatch(/ \.-+!+X$/);
    expect(lines).toContain("c  +1m40s  failed: version 1 (Failed due to unhealthy allocations)");
    expect(lines).toContain("d  +1m41s  rolled back: version 2");
  });

  it("a lost node: unknown, then lost; the signs that mean it are explained, and no others", () => {
    const lines = linesOf(aLostNode());
    expect(lines[1]).toMatch(/=+\?+L$/);
    expect(lines[3]).toMatch(/-+=+c$/);
    expect(lines.at(-1)).toBe(". pending   - running   = healthy   ? unknown   c complete   L lost");
  });

  it("the chart is as wide as asked for, and 80 columns if not", () => {
    const chart = (lines: readonly string[]): number =>
      (lines[2]?.length ?? 0) - (lines[0]?.indexOf("|") ?? 0);
    expect(chart(linesOf(aLostNode(), 33))).toBe(33);
    const { job, range } = aLostNode();
    expect(chart(timelineText(job, range).split("\n"))).toBe(80);
  });

  it("nothing at all has an axis, and neither marks nor a legend", () => {
    expect(linesOf(aRollout(60, {}), 20)).toEqual(["Allocation  ID  Version  |0        |+30s", ""]);
  });

  it("one moment has a column for each allocation, and no time but its own", () => {
    const { job } = aBlueGreen();
    const lines = linesOf({ job, range: { from: at(90), to: at(90) } });
    expect(lines[0]).toMatch(/\|0$/);
    expect(lines[4]).toMatch(/ {2}=$/);
    expect(lines).toContain("a  +0s  promoted: version 1");
    expect(lines.join("\n")).not.toContain("submitted");
  });

  it("is the same every time, and colours change nothing but colours", () => {
    const { job, range } = aFailureWithRollback();
    const plain = timelineText(job, range);
    expect(timelineText(structuredClone(job), { ...range })).toBe(plain);
    const coloured = timelineText(job, range, { colour: true });
    expect(plain).not.toContain("\u001b");
    expect(coloured).toContain("\u001b[31m!");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
    expect(coloured.split(/\u001b\[\d+m/u).join("")).toBe(plain);
  });
});
