import { describe, expect, it } from "vitest";
import { createReconciler, type Plan, reconcile } from "../../src/index.js";
import { Choices } from "../../src/testing/generate/choices.js";
import { inTurn, moments } from "../property/moments.js";
import { tapes } from "./tape.js";

const PAIRS = 250;

/** A plan to the last byte, or what is said against the input. */
function said(decide: () => Plan): string {
  try {
    return JSON.stringify(decide());
  } catch (error) {
    return String(error);
  }
}

describe("the full reconcile and any incremental one agree to the last byte", () => {
  it.each([1, 2])(`in ${PAIRS} pairs of moments (seed %i)`, (seed) => {
    const tape = tapes(seed);
    for (let n = 0; n < PAIRS; n++) {
      const pair = moments(new Choices(tape(440)));
      const { policy } = pair.before;
      const reconciler = createReconciler(policy === undefined ? {} : { policy });
      for (const input of inTurn(pair)) {
        const { policy: _, ...data } = input;
        expect(said(() => reconciler(data))).toBe(said(() => reconcile(input)));
      }
    }
  });
});
