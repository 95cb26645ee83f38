import { describe, expect, it } from "vitest";
import { type Allocation, type ReconcileInput, reconcile } from "../../../src/index.js";
import { SCENARIOS } from "../../bench/scenarios.js";

/** How often the reconciler looks at a field of an allocation: work that no slow machine changes. */
function visits(input: ReconcileInput): number {
  let count = 0;
  const counting: ProxyHandler<Allocation> = {
    get(target, key) {
      count++;
      return Reflect.get(target, key);
    },
  };
  reconcile({ ...input, allocations: input.allocations.map((one) => new Proxy(one, counting)) });
  return count;
}

describe("ten times the allocations are looked at ten times as often", () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))("%s", (name, { input }) => {
    const [small, large] = [visits(input(1_000)), visits(input(10_000))];
    if (name === "first placement") {
      // There are none to look at.
      expect([small, large]).toEqual([0, 0]);
      return;
    }
    expect(large / small).toBeGreaterThan(9);
    expect(large / small).toBeLessThan(10.5);
    // Some twenty fields of each at most, whatever becomes of it.
    expect(small / 1_000).toBeLessThan(24);
  });
});
