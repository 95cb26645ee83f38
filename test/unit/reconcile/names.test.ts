import { describe, expect, it } from "vitest";
import { reconcile } from "../../../src/index.js";
import { nextNames } from "../../../src/reconcile/names.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput } from "../a-job.js";
import { called, namesGiven, nodesOf, said, saidOf, twoVersions } from "./said.js";

function ofCount(count: number) {
  return [aJob({ groups: [aGroup({ count })] })];
}

describe("the next names (rule 7)", () => {
  it("are the lowest free ones", () => {
    const plan = reconcile(anInput({ versions: ofCount(5), allocations: [called("a", 1), called("b", 3)] }));
    expect(namesGiven(plan)).toEqual([0, 2, 4]);
  });

  it.each([0, 1, 66, 67, 68, 69, 70, 71, 500, 999])(
    "pass over one that is held, wherever it is: %i",
    (index) => {
      const plan = reconcile(anInput({ versions: ofCount(1_000), allocations: [called("a", index)] }));
      const all = Array.from({ length: 1_000 }, (_, n) => n);
      expect(namesGiven(plan)).toEqual(all.filter((n) => n !== index));
    },
  );

  it("begin at 0 again when none below the count is free", () => {
    const holds = { near: [1, 0, 1, 0], far: new Map([[4, 1]]) };
    expect(nextNames(holds, 3, 4)).toEqual([1, 0, 1, 2]);
    expect(nextNames(holds, 5, 3)).toEqual([1, 3, 0]);
  });
});

describe("the names of canaries (rule 7)", () => {
  function canaryNames(
    canary: number,
    count: number,
    old: readonly number[],
    canaries: readonly number[] = [],
  ) {
    const deployment = aDeployment({
      jobVersion: 1,
      groups: {
        web: aDeploymentState({
          desiredCanaries: canary,
          placedCanaries: canaries.map((n) => `canary-${n}`),
        }),
      },
    });
    const plan = reconcile(
      anInput({
        versions: twoVersions({ count, update: { canary } }),
        allocations: [
          ...old.map((n) => called(`old-${n}`, n)),
          ...canaries.map((n) => called(`canary-${n}`, n, { jobVersion: 1, deploymentId: "deploy-0" })),
        ],
        deployments: [deployment],
      }),
    );
    return namesGiven(plan);
  }

  it("are those of what is about to be replaced, ascending", () => {
    expect(canaryNames(2, 3, [0, 1, 2])).toEqual([0, 1]);
  });

  it("then free ones, then those from the count on, whoever holds them", () => {
    expect(canaryNames(5, 3, [1, 4, 5])).toEqual([1, 0, 2, 3, 4]);
  });

  it("are never another canary's", () => {
    expect(canaryNames(2, 3, [0, 1, 2], [1])).toEqual([0]);
    expect(canaryNames(3, 3, [0, 1, 2], [0])).toEqual([1, 2]);
    expect(canaryNames(6, 3, [0, 1, 2], [3])).toEqual([0, 1, 2, 4, 5]);
  });
});

describe("a name that two hold (D 33)", () => {
  it("is given up by the first that moves, and kept by the one that is left", () => {
    const allocations = [called("a", 0), called("b", 0), called("c", 1), called("d", 1)];
    expect(saidOf({ versions: ofCount(4), allocations, nodes: nodesOf("gone", "a", "b") })).toEqual([
      "stop a lost",
      "stop b lost",
      "ignore c unchanged",
      "ignore d unchanged",
      "place shop.web[2] for a lost",
      "place shop.web[0] for b lost",
    ]);
  });

  it("is given up by each that moves while others hold it", () => {
    const allocations = [called("a", 0), called("b", 0), called("c", 0)];
    const plan = reconcile(anInput({ versions: ofCount(3), allocations, nodes: nodesOf("gone", "a", "b") }));
    expect(namesGiven(plan)).toEqual([1, 2]);
  });

  it("is given up also far beyond the group's size", () => {
    const allocations = [called("a", 900), called("b", 900)];
    const plan = reconcile(
      anInput({ versions: ofCount(1_000), allocations, nodes: nodesOf("gone", "a", "b") }),
    );
    expect(namesGiven(plan).slice(0, 2)).toEqual([999, 900]);
    expect(new Set(namesGiven(plan)).size).toBe(1_000);
  });

  it("is given up by what is lost before what migrates", () => {
    const moving = called("a", 0, { desiredTransition: { migrate: true } });
    const plan = reconcile(
      anInput({ versions: ofCount(2), allocations: [moving, called("b", 0)], nodes: nodesOf("gone", "b") }),
    );
    expect(said(plan)).toEqual([
      "stop a migrating",
      "stop b lost",
      "place shop.web[1] for b lost",
      "place shop.web[0] for a migrating",
    ]);
  });

  it("is given up by what is replaced for an update before what migrates", () => {
    const moving = called("a", 0, { jobVersion: 1, desiredTransition: { migrate: true } });
    const plan = reconcile(
      anInput({ versions: twoVersions({ count: 2 }), allocations: [moving, called("b", 0)] }),
    );
    expect(said(plan)).toEqual([
      "stop a migrating",
      "replace b shop.web[1] destructive_update",
      "place shop.web[0] for a migrating",
    ]);
  });

  it("is kept when none below the count is free", () => {
    const allocations = [called("a", 0), called("b", 0), called("c", 1)];
    const plan = reconcile(anInput({ versions: ofCount(2), allocations, nodes: nodesOf("gone", "a") }));
    expect(namesGiven(plan)).toEqual([]);
    const moving = called("a", 0, { desiredTransition: { migrate: true } });
    const full = reconcile(
      anInput({ versions: ofCount(3), allocations: [moving, called("b", 0), called("c", 1)] }),
    );
    expect(namesGiven(full)).toEqual([2]);
  });
});
