import { describe, expect, it } from "vitest";
import { type Allocation, reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { away, called, said, saidOf, twoVersions } from "./said.js";

const healthy: Partial<Allocation> = { deploymentStatus: { healthy: true } };

/** Every order of some things. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, n) => ordersOf(things.toSpliced(n, 1)).map((rest) => [first, ...rest]));
}

/** Who is stopped, one more with each lower count. */
function victimsOf(
  allocations: readonly Allocation[],
  versions = [aJob(), aJob({ version: 1, modifyIndex: 10 })],
) {
  const order: string[] = [];
  for (let count = allocations.length - 1; count > 0; count--) {
    const ofCount = versions.map((job) => ({ ...job, groups: [aGroup({ count })] }));
    const stopped = reconcile(anInput({ versions: ofCount, allocations })).actions.flatMap((action) =>
      action.kind === "stop" ? [action.allocationId] : [],
    );
    order.push(...stopped.filter((id) => !order.includes(id)));
    expect(stopped).toHaveLength(allocations.length - count);
  }
  return order;
}

describe("whom to stop when any of several would do (rule 0)", () => {
  it.each<[string, Allocation[], string[]]>([
    ["the highest name index first", [called("a", 2), called("b", 10), called("c", 0)], ["b", "a"]],
    [
      "an older version first",
      [called("a", 1), called("b", 1, { jobVersion: 1 }), called("c", 1, { jobVersion: 1 })],
      ["a", "b"],
    ],
    [
      "an older registration first, whatever the number",
      [called("a", 1, { jobVersion: 1, jobCreateIndex: 4 }), called("b", 1), called("c", 0)],
      ["a", "b"],
    ],
    [
      "not healthy before healthy, also when created earlier",
      [
        called("a", 1, { ...healthy, createdAt: NOW }),
        called("b", 1, { createdAt: 1 }),
        called("c", 1, { deploymentStatus: { healthy: false }, createdAt: 2 }),
      ],
      ["c", "b"],
    ],
    [
      "an older version before one that is not healthy",
      [called("a", 1, healthy), called("b", 1, { jobVersion: 1 }), called("c", 0)],
      ["a", "b"],
    ],
    [
      "latest created first",
      [called("a", 1, { createdAt: 5 }), called("b", 1, { createdAt: 7 }), called("c", 1, { createdAt: 6 })],
      ["b", "c"],
    ],
    ["then by id", [called("a", 1), called("b", 1), called("c", 1)], ["a", "b"]],
    [
      "the name index before everything else",
      [called("a", 0), called("b", 1, { ...healthy, jobVersion: 1 }), called("c", 1, { jobVersion: 1 })],
      ["c", "b"],
    ],
  ])("%s", (_, allocations, expected) => {
    const older = aJob({ createIndex: 4, version: 1, modifyIndex: 10 });
    const versions = [older, aJob(), aJob({ version: 1, modifyIndex: 10 })];
    for (const order of ordersOf(allocations)) expect(victimsOf(order, versions)).toEqual(expected);
  });
});

describe("too many (rule 8)", () => {
  function ofCount(count: number, more: object = {}) {
    return [aJob({ groups: [aGroup({ count, ...more })] })];
  }

  it("those that migrate go first, and then do not migrate", () => {
    const moving = called("a", 0, { desiredTransition: { migrate: true } });
    expect(saidOf({ versions: ofCount(1), allocations: [moving, called("b", 1)] })).toEqual([
      "stop a surplus",
      "ignore b unchanged",
    ]);
    expect(saidOf({ versions: ofCount(2), allocations: [moving, called("b", 1), called("c", 2)] })).toEqual([
      "stop a surplus",
      "ignore b unchanged",
      "ignore c unchanged",
    ]);
  });

  it("one that is away is neither counted nor stopped (D 37)", () => {
    const gone = called("c", 2, { ...away(NOW - 1_000), followUpEvaluationId: "eval-0" });
    const versions = ofCount(1, { disconnect: { lostAfter: 60_000 } });
    const nodes = [{ id: "node-of-c", status: "disconnected" }] as const;
    expect(saidOf({ versions, allocations: [called("a", 0), called("b", 1), gone], nodes })).toEqual([
      "ignore a unchanged",
      "stop b surplus",
      expect.stringContaining("ignore c"),
    ]);
  });

  it("says how many there are and how many are wanted", () => {
    const allocations = [called("a", 0), called("b", 1), called("c", 2)];
    const plan = reconcile(anInput({ versions: ofCount(1), allocations }));
    expect(plan.actions.slice(1).map(({ reason }) => reason)).toEqual([
      { code: "surplus", have: 3, need: 1 },
      { code: "surplus", have: 3, need: 1 },
    ]);
  });

  it("once promoted, those that share a name with a canary go first", () => {
    const update = { maxParallel: 1, canary: 1 };
    const versions = twoVersions({ count: 3, update });
    const canary = called("x", 0, { jobVersion: 1, deploymentId: "deploy-0", ...healthy });
    const state = aDeploymentState({ desiredCanaries: 1, placedCanaries: ["x"], promoted: true });
    const deployments = [aDeployment({ jobVersion: 1, groups: { web: state } })];
    const old = [called("a", 0), called("b", 1), called("c", 2)];
    const plan = reconcile(anInput({ versions, allocations: [...old, canary], deployments }));
    expect(said(plan).filter((line) => line.startsWith("stop"))).toEqual(["stop a surplus"]);
    const unpromoted = [aDeployment({ jobVersion: 1, groups: { web: { ...state, promoted: false } } })];
    const before = reconcile(anInput({ versions, allocations: [...old, canary], deployments: unpromoted }));
    expect(said(before).filter((line) => line.startsWith("stop"))).toEqual([]);
  });

  it("a lowered count is held until promotion, when asked to, and only as long as there are canaries (D 14)", () => {
    const stops = (canary: number, held: boolean, more: object = {}): number => {
      const update = { maxParallel: 1, canary };
      const [before, after] = twoVersions({ update });
      if (before === undefined || after === undefined) throw new Error("two");
      const versions = [before, { ...after, groups: after.groups.map((group) => ({ ...group, count: 1 })) }];
      const plan = reconcile(
        anInput({
          versions,
          allocations: [called("a", 0), called("b", 1), called("c", 2)],
          deployments: [aDeployment({ status: "successful", groups: { web: aDeploymentState() } })],
          policy: { holdCountUntilPromoted: held },
          ...more,
        }),
      );
      return plan.actions.filter(({ kind }) => kind === "stop").length;
    };
    expect(stops(1, true)).toBe(0);
    expect(stops(1, false)).toBe(2);
    expect(stops(0, true)).toBe(2);
    expect(stops(1, true, { allocations: [0, 1, 2].map((n) => called(`n${n}`, n, { jobVersion: 1 })) })).toBe(
      2,
    );
    // Nobody has proven anything: the version that runs counts.
    expect(stops(1, true, { deployments: [] })).toBe(0);
  });
});
