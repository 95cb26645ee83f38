import { describe, expect, it } from "vitest";
import { type Allocation, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { away, called, nodesOf, said, saidOf, twoVersions } from "./said.js";

const disconnect = { lostAfter: 60_000, replace: true };

const reschedule = { delay: 30_000, delayFunction: "constant", unlimited: true } as const;

function ofCount(count: number) {
  return [aJob({ groups: [aGroup({ count, disconnect, reschedule })] })];
}

/** Away since just now, and asked about already. */
const gone: Partial<Allocation> = { ...away(NOW - 1_000), followUpEvaluationId: "eval-0" };

describe("one that is away and replaced by now (rule 12)", () => {
  const nodes = nodesOf("disconnected", "a");

  it("fills no place, and what replaced it does", () => {
    const allocations = [called("a", 0, { ...gone, nextAllocation: "b" }), called("b", 0)];
    expect(saidOf({ versions: ofCount(1), allocations, nodes })).toEqual([
      "ignore a unknown_and_replaced",
      "ignore b unchanged",
    ]);
    expect(saidOf({ versions: ofCount(2), allocations, nodes })).toEqual([
      "ignore a unknown_and_replaced",
      "ignore b unchanged",
      "place shop.web[1] missing",
    ]);
  });

  it("says by whom: the first of the chain that holds a place", () => {
    const allocations = [
      called("a", 0, { ...gone, nextAllocation: "b" }),
      called("b", 0, { clientStatus: "complete", nextAllocation: "c" }),
      called("c", 0, { nextAllocation: "d" }),
      called("d", 0),
    ];
    const plan = reconcile(anInput({ versions: ofCount(2), allocations, nodes }));
    expect(plan.actions[0]?.reason).toEqual({ code: "unknown_and_replaced", by: "c" });
  });

  it("fills no place either where those between are history", () => {
    const allocations = [
      called("a", 0, { ...gone, nextAllocation: "b" }),
      called("b", 0, { desiredStatus: "stop", clientStatus: "lost", nextAllocation: "c" }),
      called("c", 0),
    ];
    expect(saidOf({ versions: ofCount(2), allocations, nodes })).toEqual([
      "ignore a unknown_and_replaced",
      "ignore b history",
      "ignore c unchanged",
      "place shop.web[1] missing",
    ]);
  });

  it("fills its place where the chain ends before one that does", () => {
    const ends: readonly Partial<Allocation>[] = [{ nextAllocation: "collected" }, { nextAllocation: "a" }];
    for (const end of ends) {
      const allocations = [
        called("a", 0, { ...gone, nextAllocation: "b" }),
        called("b", 0, { clientStatus: "complete", ...end }),
        called("c", 1),
      ];
      expect(saidOf({ versions: ofCount(2), allocations, nodes })).toEqual([
        "ignore a unchanged",
        expect.stringContaining("ignore b"),
        "ignore c unchanged",
      ]);
    }
  });

  it("is not migrated once more: it is just stopped (rule 14)", () => {
    const moving = { ...gone, nextAllocation: "b", desiredTransition: { migrate: true } };
    const allocations = [called("a", 0, moving), called("b", 0)];
    expect(saidOf({ versions: ofCount(2), allocations })).toEqual([
      "stop a migrating",
      "ignore b unchanged",
      "place shop.web[1] missing",
    ]);
  });

  it("is migrated where nobody replaced it", () => {
    const moving = {
      ...away(NOW - 1_000),
      nextAllocation: "collected",
      desiredTransition: { migrate: true },
    };
    const nodes = nodesOf("down", "a", "b");
    const allocations = [called("b", 1, { desiredTransition: { migrate: true } }), called("a", 0, moving)];
    expect(saidOf({ versions: ofCount(2), allocations, nodes })).toEqual([
      "stop a migrating",
      "stop b migrating",
      "place shop.web[0] for a migrating",
      "place shop.web[1] for b migrating",
    ]);
  });
});

describe("one that is away and would have to be replaced for an update (rule 13)", () => {
  const nodes = nodesOf("disconnected", "a", "b");

  function update(count: number, allocations: readonly Allocation[], more: Partial<ReconcileInput> = {}) {
    const versions = twoVersions({ count, disconnect, update: { maxParallel: 2 } });
    const deployments = [aDeployment({ jobVersion: 1, groups: { web: aDeploymentState() } })];
    return said(reconcile(anInput({ versions, allocations, deployments, nodes, ...more })));
  }

  const newer = { jobVersion: 1, deploymentId: "deploy-0", deploymentStatus: { healthy: true } };

  it("is stopped while enough live without it, outside the budget", () => {
    expect(update(1, [called("a", 0, gone), called("b", 1, gone), called("c", 2, newer)])).toEqual([
      "stop a surplus_unknown",
      "stop b surplus_unknown",
      "ignore c unchanged",
    ]);
  });

  it("says how many live and how many are wanted", () => {
    const versions = twoVersions({ count: 1, disconnect, update: { maxParallel: 2 } });
    const deployments = [aDeployment({ jobVersion: 1, groups: { web: aDeploymentState() } })];
    const allocations = [called("a", 0, gone), called("c", 2, newer)];
    const plan = reconcile(anInput({ versions, allocations, deployments, nodes }));
    expect(plan.actions[0]?.reason).toEqual({ code: "surplus_unknown", have: 1, need: 1 });
  });

  it("is replaced while fewer live than are wanted, and its replacement lives", () => {
    expect(update(2, [called("a", 0, gone), called("b", 1, gone), called("c", 2, newer)])).toEqual([
      "replace a shop.web[0] destructive_update",
      "stop b surplus_unknown",
      "ignore c unchanged",
    ]);
    expect(update(3, [called("a", 0, gone), called("b", 1, gone), called("c", 2, newer)])).toEqual([
      "replace a shop.web[0] destructive_update",
      "replace b shop.web[1] destructive_update",
      "ignore c unchanged",
    ]);
  });

  it("counts one that migrates as living, and what is placed, and both only once", () => {
    const moving = called("c", 2, { ...newer, desiredTransition: { migrate: true } });
    expect(update(1, [called("a", 0, gone), moving]).at(0)).toBe("stop a surplus_unknown");
    expect(update(2, [called("a", 0, gone), moving]).at(0)).toBe("replace a shop.web[0] destructive_update");
    const lost = called("c", 2, newer);
    const nodes = [...nodesOf("disconnected", "a"), ...nodesOf("gone", "c")];
    expect(update(1, [called("a", 0, gone), lost], { nodes }).at(0)).toBe(
      "replace a shop.web[0] destructive_update",
    );
  });

  it("counts what is placed for one that is missing", () => {
    const chained = called("a", 0, { ...gone, nextAllocation: "c" });
    const allocations = [chained, called("c", 2, newer)];
    expect(update(2, allocations)).toEqual([
      "stop a surplus_unknown",
      "ignore c unchanged",
      "place shop.web[1] missing",
    ]);
  });
});

describe("one whose node goes (rule 6)", () => {
  it("is a time to come back at: when it is lost, and no later", () => {
    const versions = [
      aJob({ groups: [aGroup({ count: 2, disconnect: { lostAfter: 60_000, replace: false } })] }),
    ];
    const allocations = [called("a", 0), called("b", 1)];
    const one = reconcile(anInput({ versions, allocations, nodes: nodesOf("disconnected", "a") }));
    expect(one.wakeAt).toBe(NOW + 60_000);
    const soonest = called("b", 1, away(NOW - 30_000));
    const two = reconcile(
      anInput({ versions, allocations: [called("a", 0), soonest], nodes: nodesOf("disconnected", "a", "b") }),
    );
    expect(two.wakeAt).toBe(NOW + 30_000);
  });

  it("the groups' earliest time is the plan's, whichever group comes first", () => {
    const groups = [60_000, 20_000, 40_000].map((lostAfter, n) =>
      aGroup({ name: `group-${n}`, count: 1, disconnect: { lostAfter, replace: false } }),
    );
    const allocations = groups.map(({ name }, n) =>
      called(`a${n}`, 0, { name: `shop.${name}[0]`, group: name }),
    );
    const nodes = nodesOf("disconnected", "a0", "a1", "a2");
    const plan = reconcile(anInput({ versions: [aJob({ groups })], allocations, nodes }));
    expect(plan.wakeAt).toBe(NOW + 20_000);
    expect(plan.followUps.map(({ at }) => at - NOW)).toEqual([60_000, 20_000, 40_000]);
  });
});
