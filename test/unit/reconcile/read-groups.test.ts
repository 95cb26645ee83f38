import { describe, expect, it } from "vitest";
import { type Allocation, reconcile } from "../../../src/index.js";
import { evaluationOf } from "../../../src/reconcile/evaluation.js";
import type { GroupReading } from "../../../src/reconcile/group-reading.js";
import { readGroups } from "../../../src/reconcile/read-groups.js";
import { aGroup, aJob, anAllocation, anInput } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";

/** What is read of them: two versions of every group are known. */
function readingsOf(allocations: readonly Allocation[]): GroupReading[] {
  const groups = ["web", "api", "db"].map((name) => aGroup({ name }));
  const versions = [aJob({ groups }), aJob({ version: 1, modifyIndex: 11, groups })];
  return readGroups(evaluationOf(anInput({ versions, allocations })), allocations);
}

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
      const web = readingsOf(given)[0];
      expect(web?.allocations.map(({ id, name }) => `${name} ${id}`)).toEqual(inOrder(allocations));
      expect(web?.allocations.map(({ name }) => name)).toEqual(
        web?.nameIndexes.map((index) => `shop.web[${index}]`),
      );
      expect(web?.shareNames).toBe(new Set(allocations.map(({ name }) => name)).size < allocations.length);
      expect(given).toEqual(before);
    }
  });

  it("takes what each says of itself along", () => {
    const allocations = [
      anAllocation(0, { id: "a" }),
      anAllocation(1, { id: "b", jobVersion: 1 }),
      anAllocation(1, { id: "c", clientStatus: "failed" }),
      anAllocation(2, { id: "d", jobVersion: 1, desiredStatus: "stop" }),
    ];
    const [inOrder] = readingsOf(allocations);
    expect(inOrder?.versions?.map(({ number }) => number)).toEqual([0, 1, 0, 1]);
    expect(new Set(inOrder?.marks).size).toBe(3);
    for (const given of ordersOf(allocations)) {
      const [read] = readingsOf(given);
      expect(read?.versions?.map(({ number }) => number)).toEqual([0, 1, 0, 1]);
      expect(read?.marks).toEqual(inOrder?.marks);
      expect(read?.anyMark).toBe(inOrder?.anyMark);
    }
  });

  it("reads many versions as it reads few", () => {
    const versions = Array.from({ length: 30 }, (_, n) => aJob({ version: n, modifyIndex: 10 + n }));
    const allocations = Array.from({ length: 60 }, (_, n) => anAllocation(n, { jobVersion: n % 30 }));
    const [read] = readGroups(evaluationOf(anInput({ versions, allocations })), allocations);
    expect(read?.distinctVersions.map(({ number }) => number)).toEqual(
      versions.map(({ version }) => version),
    );
    expect(read?.versions?.map(({ number }) => number)).toEqual(
      allocations.map(({ jobVersion }) => jobVersion),
    );
  });

  it("does not pass over a hole in the list", () => {
    const holed: Allocation[] = [anAllocation(1), anAllocation(0)];
    holed[3] = anAllocation(2);
    expect(() => readingsOf(holed)).toThrow(TypeError);
  });

  it("refuses a name without an index, and says whose it is", () => {
    const refusal = refusalOf(() => readingsOf([anAllocation(0, { name: "shop.web" })]));
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
    const split = readingsOf(allocations).map(({ name, allocations: members }) => [
      name,
      members.map(({ id }) => id),
    ]);
    expect(split).toEqual([
      ["web", ["allocation-0", "allocation-1", "allocation-3"]],
      ["api", ["allocation-2", "allocation-4"]],
      ["db", ["allocation-5"]],
    ]);
  });
});
