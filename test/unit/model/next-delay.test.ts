import { describe, expect, it } from "vitest";
import type { DelayFunction } from "../../../src/index.js";
import { nextDelay } from "../../../src/model/next-delay.js";

const FAILED_AT = 10_000_000;

function events(delays: readonly number[], last = FAILED_AT - 1): Parameters<typeof nextDelay>[1] {
  return delays.map((delay, n) => ({
    at: last - (delays.length - 1 - n),
    previousAllocationId: `p-${n}`,
    previousNodeId: "n",
    delay,
  }));
}

describe("how long until the next try", () => {
  it.each<[DelayFunction, number[], number, number]>([
    ["constant", [], 0, 5_000],
    ["constant", [5_000, 5_000], 0, 5_000],
    ["exponential", [], 0, 5_000],
    ["exponential", [5_000], 0, 10_000],
    ["exponential", [5_000, 10_000], 0, 20_000],
    ["exponential", [5_000, 10_000], 15_000, 15_000],
    ["fibonacci", [5_000], 0, 5_000],
    ["fibonacci", [5_000, 5_000], 0, 10_000],
    ["fibonacci", [5_000, 10_000], 0, 15_000],
    ["fibonacci", [15_000, 5_000], 15_000, 5_000],
  ])("%s after %j, at most %d: %d ms", (delayFunction, delays, maxDelay, expected) => {
    expect(nextDelay({ delay: 5_000, delayFunction, maxDelay }, events(delays), FAILED_AT)).toBe(expected);
  });

  it("a try that held out for longer than the longest delay begins a new series", () => {
    const policy = { delay: 5_000, delayFunction: "exponential", maxDelay: 15_000 } as const;
    expect(nextDelay(policy, events([15_000], FAILED_AT - 15_000), FAILED_AT)).toBe(15_000);
    expect(nextDelay(policy, events([15_000], FAILED_AT - 15_001), FAILED_AT)).toBe(5_000);
  });
});
