import { describe, expect, it } from "vitest";
import { timelineSvg, timelineText } from "../../../src/render/index.js";
import { seenIn } from "../../../src/render/seen.js";
import { timelineStyle } from "../../../src/render/svg/style.js";
import {
  aBlueGreen,
  aCrowdOfMarks,
  aHostileRollout,
  aLife,
  aLostNode,
  anAllocationLine,
  aRollout,
  aSpan,
  at,
  everyLook,
} from "./a-timeline.js";

describe("a picture of a part of a rollout", () => {
  const { job } = aBlueGreen();
  const part = { from: at(50), to: at(80) };

  it("tells nothing of what comes after it, and nothing that was over before", () => {
    const text = timelineText(job, part, { width: 30 });
    expect(text.split("\n").slice(1, 5)).toEqual([
      ...[0, 1, 2].map((n) => `shop.web[${n}]  a${n}  0        ${"=".repeat(30)}`),
      `shop.web[0]  a3  1        ${"+".repeat(10)}${"#".repeat(20)}`,
    ]);
    expect(text).toMatch(/\n\n\+ canary, running {3}= healthy {3}# canary, healthy$/);
    const svg = timelineSvg(job, part);
    for (const word of ["stopped", "stopping", "pending", "submitted", "promoted"])
      expect(svg).not.toContain(`>${word}`);
    // The version stands where there is room for it within the part.
    expect(svg.match(/>v1<\/text>/g)).toHaveLength(3);
    expect(svg).not.toContain(">deadline");
    expect(svg).toContain("canary, running, version 1, from -6s for 16s");
  });

  it("has no row for what was gone before it, or comes after it", () => {
    const ids = (from: number, to: number): string[] =>
      seenIn(job, { from: at(from), to: at(to) }).allocations.map(({ id }) => id);
    expect(ids(0, 30)).toEqual(["a0", "a1", "a2"]);
    // What begins as the part ends is not of it.
    expect(ids(0, 40)).toEqual(["a0", "a1", "a2"]);
    expect(ids(100, 150)).toEqual(["a3", "a4", "a5"]);
  });

  it("has endings that fall on its end, and what lasted no time", () => {
    const gone = seenIn(aLostNode().job, { from: at(300), to: at(320) });
    expect(gone.allocations[0]).toMatchObject({ id: "a0", ending: "lost" });
    const instant = aRollout(10, { allocations: [anAllocationLine(0, [aSpan("pending", 10, 10)])] });
    expect(seenIn(instant.job, instant.range).allocations).toHaveLength(1);
    const moment = seenIn(job, { from: at(60), to: at(60) });
    expect(moment.allocations.map(({ spans }) => spans.map(({ phase }) => phase))).toEqual(
      Array.from({ length: 6 }, () => ["healthy"]),
    );
  });
});

describe("names from anywhere", () => {
  const { job, range } = aHostileRollout();

  it("cannot command a terminal, forge a row or turn the line around", () => {
    const turned = {
      ...job,
      allocations: [
        anAllocationLine(0, aLife(0, [["healthy", 60]]), { name: "a\u202egpj\u2066\u2028b" }),
        ...job.allocations,
      ],
    };
    const lines = timelineText(turned, range).split("\n");
    expect(lines.join("")).not.toMatch(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
    expect(lines.filter((line) => line.startsWith("shop.web[9]"))).toEqual([]);
    expect(lines.some((line) => line.startsWith("\ufffd[31mred\ufffd]0;title"))).toBe(true);
  });

  it("leave the chart where it was, whole UUIDs included", () => {
    const id = "3f2c9a10-1111-2222-3333-444455556666";
    const lines = timelineText(
      { ...job, allocations: [{ ...anAllocationLine(0, aLife(0, [["healthy", 60]])), id }] },
      range,
    );
    expect(lines).toContain(id);
    expect(timelineText(job, range).split("\n")[0]?.indexOf("|")).toBeLessThan(100);
  });

  it("keep the dots of a group, and are as long as there is room for their letters", () => {
    const dotted = anAllocationLine(0, aLife(0, [["healthy", 60]]), {
      name: "shop.api.v2[0]",
      group: "api.v2",
    });
    const wide = anAllocationLine(1, aLife(0, [["healthy", 60]]), { name: "W".repeat(40) });
    const svg = timelineSvg({ ...job, jobId: "shop", allocations: [dotted, wide] }, range);
    expect(svg).toContain(">api.v2[0] a0<title>");
    expect(svg).toMatch(/>W{8,14}\u2026<title>/);
  });
});

describe("what must not be taken for something else", () => {
  it("canaries keep a sign of their own in every phase", () => {
    const { job, range } = everyLook();
    const [, plain = "", canary = ""] = timelineText(job, range, { width: 70 })
      .split("\n")
      .map((line) => line.slice(26, 85));
    const both = [...plain].filter((one) => canary.includes(one));
    expect(both).toEqual([]);
  });

  it("each of many marks has a letter of its own", () => {
    const crowd = aCrowdOfMarks();
    const marks = [...crowd.job.marks, ...crowd.job.marks.map((mark) => ({ ...mark, at: at(20) }))];
    const letters = timelineText({ ...crowd.job, marks }, crowd.range)
      .split("\n")
      .flatMap((line) => /^(\S) {2}\+/.exec(line)?.[1] ?? []);
    expect(letters).toHaveLength(36);
    expect(new Set(letters).size).toBe(36);
  });

  it("labels of a crowded moment are all there, in pieces that fit", () => {
    const { job, range } = aCrowdOfMarks();
    const svg = timelineSvg(job, range, { width: 480 });
    const labels = [...svg.matchAll(/<text class="mark"[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
    for (const { kind } of job.marks)
      expect(labels.join(", ").split(`${kind.replace("_", " ")} v10`)).toHaveLength(3);
    for (const label of labels) expect(label.length).toBeLessThan(22);
    expect(svg.match(/<line class="when"/g)).toHaveLength(2);
  });

  it("a colour that is used again has stripes, also in the legend", () => {
    const stripes = (version: number): number => {
      const { job, range } = aRollout(60, {
        allocations: [anAllocationLine(0, aLife(0, [["healthy", 60]], { version }))],
      });
      return timelineSvg(job, range).match(/class="again"/g)?.length ?? 0;
    };
    // In the bar, in the sign of the version, and in that of the phase.
    expect([0, 5, 6, 12].map(stripes)).toEqual([0, 0, 3, 6]);
  });

  it("letters on bars have enough contrast, in light and in dark", () => {
    for (const [, rule = ""] of timelineStyle().matchAll(/svg\{([^}]+)\}/g)) {
      const colours = new Map(rule.split(";").map((one) => one.split(":") as [string, string]));
      for (const [name, colour] of colours) {
        if (!/^--v\d/.test(name)) continue;
        expect([name, contrast(colour, colours.get("--onbar") ?? "") >= 4.5]).toEqual([name, true]);
      }
    }
  });
});

/** The contrast of two colours as WCAG counts it. */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [a, b].map(luminance).sort((one, other) => other - one);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const long = colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(long.slice(from, from + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
