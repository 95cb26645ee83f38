import { describe, expect, it } from "vitest";
import { Choices } from "../../src/testing/generate/choices.js";
import { moments, saidInTurn } from "../property/moments.js";
import { tapes } from "./tape.js";

const PAIRS = 250;

describe("the full reconcile and any incremental one agree to the last byte", () => {
  it.each([1, 2])(`in ${PAIRS} pairs of moments (seed %i)`, (seed) => {
    const tape = tapes(seed);
    for (let n = 0; n < PAIRS; n++) {
      const answers = saidInTurn(moments(new Choices(tape(440))));
      for (const { remembering, afresh } of answers) expect(remembering).toBe(afresh);
    }
  });
});
