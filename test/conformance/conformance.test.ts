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

  it("every row of the deviations that marks a recorded decision is decided otherwise at least once", () => {
    const outcomes = files.flatMap(readVectors).map(compare);
    const rows = new Set(outcomes.flatMap(({ deviations }) => deviations));
    const taken = new Set(
      outcomes.filter(({ verdict }) => verdict === "deviate").flatMap(({ deviations }) => deviations),
    );
    // 5 shows only in parts that Nomad answers differently from run to run.
    expect([...rows].filter((row) => !taken.has(row))).toEqual([5]);
    expect(rows.size).toBe(28);
  });

  it("marks are added to unstable vectors only", () => {
    const marked = files.flatMap(readVectors).filter(({ id }) => id in MISSING_MARKS);
    expect(marked.map(({ stable, deviations }) => stable || deviations !== undefined)).toEqual(
      Object.keys(MISSING_MARKS).map(() => false),
    );
  });

  it("a changed decision is noticed in every part that is recorded", () => {
    const vectors = files.flatMap(readVectors);
    const noticed = new Set<string>();
    for (const vector of vectors.filter((one) => compare(one).verdict === "match")) {
      for (const [part, recorded] of Object.entries(vector.expected)) {
        // Said otherwise: something where nothing was recorded, nothing where something was.
        const isEmpty = recorded === null || Object.keys(recorded).length === 0;
        const tampered = {
          ...vector.expected,
          [part]: isEmpty ? [{ id: "stranger" }] : Array.isArray(recorded) ? [] : {},
        };
        if (compare({ ...vector, expected: tampered }).differences.some((one) => one.part === part))
          noticed.add(part);
      }
      if (noticed.size >= 14) break;
    }
    // `renamed` is not compared by itself: final names are.
    expect([...noticed].sort()).toEqual([
      "attributeUpdates",
      "classes",
      "currentDeploymentGroups",
      "deployment",
      "deploymentUpdates",
      "destructive",
      "disconnect",
      "followUps",
      "groups",
      "inPlace",
      "markLost",
      "place",
      "reconnect",
      "stop",
    ]);
  });
});
