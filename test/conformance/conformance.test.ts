import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { compare } from "./compare.js";
import { MISSING_MARKS } from "./missing-marks.js";
import { readVectors, vectorFiles } from "./read-vectors.js";

const folder = new URL(".", import.meta.url).pathname;
const files = vectorFiles([folder]);

describe("decisions recorded from Nomad's reconciler", () => {
  it.each(files.map((file) => [basename(file, ".jsonl"), file]))("%s", (_, file) => {
    const differing = readVectors(file)
      .map(compare)
      .filter(({ verdict }) => verdict === "differ");
    expect(differing).toEqual([]);
  });

  it("most of them are matched, so that a comparison which compares nothing is noticed", () => {
    const outcomes = files.flatMap(readVectors).map(compare);
    const count = (verdict: string): number => outcomes.filter((one) => one.verdict === verdict).length;
    expect(outcomes.length).toBe(1649);
    expect(count("match")).toBeGreaterThanOrEqual(1310);
  });

  it("marks are added to unstable vectors only", () => {
    const marked = files.flatMap(readVectors).filter(({ id }) => id in MISSING_MARKS);
    expect(marked.map(({ stable, deviations }) => stable || deviations !== undefined)).toEqual(
      Object.keys(MISSING_MARKS).map(() => false),
    );
  });

  it("a changed decision is noticed in every part that is recorded", () => {
    const vector = files.flatMap(readVectors).find(({ id }) => id === "canary/2");
    if (vector === undefined) throw new Error("canary/2 is gone");
    const tampered = {
      ...vector,
      expected: { ...vector.expected, stop: [], place: [], groups: {}, classes: {} },
    };
    expect(compare(vector).verdict).toBe("match");
    expect(compare(tampered).differences.map(({ part }) => part)).toEqual([
      "groups",
      "stop",
      "place",
      "classes",
    ]);
  });
});
