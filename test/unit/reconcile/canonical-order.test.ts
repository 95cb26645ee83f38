import { describe, expect, it } from "vitest";
import { type Allocation, reconcile } from "../../../src/index.js";
import { byGroup, canonicalOrder } from "../../../src/reconcile/canonical-order.js";
import { aGroup, aJob, anAllocation, anInput } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";

function named(id: string, index: number): Allocation {
  return anAllocation(index, { id });
}

/** Rule 0, word for word. */
function inOrder(allocations: readonly { id: string; name: string }[]): string[] {
  const indexOf = (name: string): number => Number(name.slice(name.indexOf("[") + 1, -1));
  return allocations
    .toSorted((a, b) => indexOf(a.name) - indexOf(b.name) || (a.id < b.id ? -1 : 1))
    .map(({ id, name }) => `${name} ${id}`);
}

/** Every order of some things. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, n) => ordersOf(things.toSpliced(n, 1)).map((rest) => [first, ...rest]));
}

describe("the canonical order (rule 0)", () => {
  it.each<[string, Allocation[]]>([
    ["nobody", []],
    ["one", [named("a", 3)]],
    ["indexes alone", [named("d", 0), named("c", 1), named("b", 2), named("a", 3)]],
    ["ids alone", [named("a", 0), named("b", 0), named("c", 0), named("d", 0)]],
    ["two that share an index, first", [named("a", 0), named("b", 0), named("c", 1), named("d", 5)]],
    ["two that share an index, last", [named("a", 0), named("b", 1), named("c", 4), named("d", 4)]],
    ["indexes eight times as large as the group, and more", [named("a", 32), named("b", 33), named("c", 32)]],
    ["indexes beyond every count", [named("b", 2_000_000_000), named("a", 2_000_000_000), named("c", 7)]],
  ])("is by name index, then id, whatever the order given: %s", (_, allocations) => {
    for (const given of ordersOf(allocations)) {
      const before = [...given];
      const ordered = canonicalOrder(given);
      expect(ordered.allocations.map(({ id, name }) => `${name} ${id}`)).toEqual(inOrder(allocations));
      expect(ordered.allocations.map(({ name }) => name)).toEqual(
        [...ordered.nameIndexes].map((index) => `shop.web[${index}]`),
      );
      expect(given).toEqual(before);
    }
  });

  it("refuses a name without an index, and says whose it is", () => {
    const refusal = refusalOf(() => canonicalOrder([anAllocation(0, { name: "shop.web" })]));
    expect(refusal.code).toBe("bad_name");
    expect(refusal.details).toEqual({ allocationId: "allocation-0", name: "shop.web" });
  });
});

describe("the groups of a plan (rule 0)", () => {
  it("are those of the job, then those that only allocations have, by name", () => {
    const groups = ["web", "api"].map((name) => aGroup({ name, count: 1 }));
    const allocations = ["db", "web", "cache", "api"].map((group, n) =>
      anAllocation(n, { name: `shop.${group}[0]`, group }),
    );
    const versions = [
      aJob({ groups: [...groups, aGroup({ name: "db" }), aGroup({ name: "cache" })] }),
      aJob({ version: 1, modifyIndex: 11, groups }),
    ];
    const plan = reconcile(anInput({ versions, allocations }));
    expect(Object.keys(plan.groups)).toEqual(["web", "api", "cache", "db"]);
    expect(plan.actions.map(({ group }) => group)).toEqual(["web", "api", "cache", "db"]);
  });
});

describe("allocations by group", () => {
  it("keep their order, also where groups take turns", () => {
    const groups = ["web", "web", "api", "web", "api", "db"];
    const allocations = groups.map((group, n) => anAllocation(n, { group }));
    const split = [...byGroup(allocations)].map(([name, members]) => [name, members.map(({ id }) => id)]);
    expect(split).toEqual([
      ["web", ["allocation-0", "allocation-1", "allocation-3"]],
      ["api", ["allocation-2", "allocation-4"]],
      ["db", ["allocation-5"]],
    ]);
  });
});
