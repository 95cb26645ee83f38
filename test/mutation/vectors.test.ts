import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { compare } from "../conformance/compare.js";
import { readVectors, vectorFiles } from "../conformance/read-vectors.js";
import type { Vector } from "../conformance/vector.js";

/** Read once, not for every mutant. */
const read = new Map<string, Vector[]>();

function vectorsOf(file: string): Vector[] {
  const vectors = read.get(file) ?? readVectors(file);
  read.set(file, vectors);
  return vectors;
}

const folder = new URL("../conformance/", import.meta.url).pathname;

/** What the conformance test compares, without what it counts: the first difference ends a mutant. */
describe("decisions recorded from Nomad's reconciler", () => {
  it.each(vectorFiles([folder]).map((file) => [basename(file, ".jsonl"), file]))("%s", (_, file) => {
    for (const vector of vectorsOf(file)) {
      const { verdict, differences } = compare(vector);
      if (verdict === "differ") expect.fail(`${vector.id}: ${JSON.stringify(differences)}`);
    }
  });
});
