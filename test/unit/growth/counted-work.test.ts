import { describe, expect, it } from "vitest";
import {
  type Allocation,
  createReconciler,
  type Plan,
  type ReconcileInput,
  reconcile,
} from "../../../src/index.js";
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

/** How many objects and lists a plan consists of, each counted once. */
function objectsOf(plan: Plan): number {
  const seen = new Set<object>();
  const left: unknown[] = [plan];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    if (typeof one !== "object" || one === null || seen.has(one)) continue;
    seen.add(one);
    left.push(...Object.values(one));
  }
  return seen.size;
}

describe("a plan for ten times the allocations consists of ten times the objects", () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))("%s", (_, { input }) => {
    const [small, large] = [objectsOf(reconcile(input(1_000))), objectsOf(reconcile(input(10_000)))];
    expect(large / small).toBeGreaterThan(9);
    expect(large / small).toBeLessThan(10.5);
    // What is said of each, what is placed, and a reason of its own where it has one.
    expect(small / 1_000).toBeLessThan(2.2);
  });
});

function anAllocationOf({ allocations }: ReconcileInput, at: number): Allocation {
  const found = allocations[at];
  if (found === undefined) throw new RangeError("there is no such allocation");
  return found;
}

describe("a reconciler that is asked again", () => {
  it("looks at no field of an allocation that did not change", () => {
    const { input } = SCENARIOS[0] ?? { input: undefined };
    const rested = input?.(1_000);
    if (rested === undefined) throw new RangeError("there is no scenario");
    let count = 0;
    const counting: ProxyHandler<Allocation> = {
      get(target, key) {
        count++;
        return Reflect.get(target, key);
      },
    };
    const allocations = rested.allocations.map((one) => new Proxy(one, counting));
    const reconciler = createReconciler();
    reconciler({ ...rested, allocations });
    count = 0;
    const next = [...allocations];
    next[500] = new Proxy({ ...anAllocationOf(rested, 500), score: 1 }, counting);
    reconciler({ ...rested, allocations: next });
    // The one that changed, and those that stand on the way to its place.
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(60);
  });
});

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
