import { describe, expect, it } from "vitest";
import {
  type Deployment,
  type DeploymentState,
  type Job,
  type ReconcileInput,
  reconcile,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, anInput } from "../a-job.js";
import { called, nodesOf, said, twoVersions } from "./said.js";

const update = { maxParallel: 1, canary: 1 };
const newer = { jobVersion: 1, deploymentId: "deploy-1" };
const old = [called("a", 0), called("b", 1), called("c", 2)];

function ofVersion1(state: Partial<DeploymentState>, more: Partial<Deployment> = {}): Deployment {
  return aDeployment({
    id: "deploy-1",
    jobVersion: 1,
    createIndex: 21,
    groups: { web: aDeploymentState(state) },
    ...more,
  });
}

function planOf(more: Partial<ReconcileInput>, job: Partial<Job> = {}) {
  return reconcile(anInput({ versions: twoVersions({ update }, job), allocations: old, ...more }));
}

function canariesOf(...given: Parameters<typeof planOf>): number {
  return planOf(...given).actions.filter(({ kind }) => kind === "canary").length;
}

describe("canaries are wanted (rule 10)", () => {
  it("for what must be replaced, as many as the update says, and less those that are there", () => {
    expect(canariesOf({})).toBe(1);
    expect(canariesOf({ versions: twoVersions({ update: { canary: 3 } }) })).toBe(3);
    expect(canariesOf({ versions: twoVersions({ update: {} }) })).toBe(0);
    const canary = called("x", 0, newer);
    const deployments = [ofVersion1({ desiredCanaries: 2, placedCanaries: ["x"] })];
    const versions = twoVersions({ update: { canary: 2 } });
    expect(canariesOf({ versions, allocations: [...old, canary], deployments })).toBe(1);
  });

  it("not by a rollback, unless that is gated", () => {
    expect(canariesOf({}, { rollbackOf: 0 })).toBe(0);
    const gated = twoVersions({ update: { ...update, rollback: "gated" } }, { rollbackOf: 0 });
    expect(canariesOf({ versions: gated })).toBe(1);
  });

  it("not by a version that a deployment has proven for the group (D 43)", () => {
    const successful = { status: "successful" } as const;
    expect(canariesOf({ deployments: [ofVersion1({}, successful)] })).toBe(0);
    expect(
      canariesOf({ deployments: [ofVersion1({}, { ...successful, groups: { api: aDeploymentState() } })] }),
    ).toBe(1);
    expect(canariesOf({ deployments: [ofVersion1({}, { ...successful, jobVersion: 0 })] })).toBe(1);
    expect(canariesOf({ deployments: [ofVersion1({}, { ...successful, jobCreateIndex: 4 })] })).toBe(1);
    expect(canariesOf({ deployments: [ofVersion1({}, { status: "failed", jobVersion: 0 })] })).toBe(1);
  });

  it("a proven version makes no deployment either, and is rolled out under maxParallel", () => {
    const plan = planOf({ deployments: [ofVersion1({}, { status: "successful" })] });
    expect(plan.deployment).toBeUndefined();
    expect(plan.actions.map(({ kind }) => kind)).toEqual(["replace", "ignore", "ignore"]);
  });

  it("also where a deployment of this version goes on that one before it has proven", () => {
    const proven = ofVersion1({}, { id: "deploy-0", createIndex: 20, status: "successful" });
    expect(canariesOf({ deployments: [proven, ofVersion1({})] })).toBe(1);
  });

  it("not once the group is promoted, and not after the deployment failed", () => {
    expect(canariesOf({ deployments: [ofVersion1({ promoted: true })] })).toBe(0);
    expect(canariesOf({ deployments: [ofVersion1({}, { status: "failed" })] })).toBe(0);
  });

  it("are wanted while the deployment is paused, and placed afterwards", () => {
    const plan = planOf({ deployments: [ofVersion1({}, { status: "paused" })] });
    expect(plan.actions.map(({ kind }) => kind)).toEqual(["ignore", "ignore", "ignore"]);
    expect(plan.deployment?.groups["web"]).toMatchObject({ desiredCanaries: 1 });
  });

  it("are asked for once: a group that has asked is left as it is", () => {
    const asked = planOf({ deployments: [ofVersion1({ desiredCanaries: 1 })] });
    expect(asked.deployment).toBeUndefined();
    expect(said(asked)).toContain("canary shop.web[0] canary_wanted");
    const first = planOf({ deployments: [ofVersion1({})] });
    expect(first.deployment).toMatchObject({ kind: "changed", groups: { web: { desiredCanaries: 1 } } });
  });
});

describe("canaries that are there (rule 3)", () => {
  const canary = called("x", 0, newer);

  function withCanary(more: Partial<ReconcileInput>, state: Partial<DeploymentState> = {}) {
    const deployments = [ofVersion1({ desiredCanaries: 1, placedCanaries: ["x"], ...state })];
    return planOf({ allocations: [canary, ...old], deployments, ...more });
  }

  it("are stopped and forgotten when their node goes, and another takes their place", () => {
    const plan = withCanary({ nodes: nodesOf("down", "x") });
    expect(
      plan.actions.find((action) => "allocationId" in action && action.allocationId === "x"),
    ).toMatchObject({
      kind: "stop",
      clientStatus: "lost",
      reason: { code: "lost", forgotten: true },
    });
    expect(said(plan)).toContain("canary shop.web[0] canary_wanted");
  });

  it("are stopped and forgotten when they are to move", () => {
    const moving = called("x", 0, { ...newer, desiredTransition: { migrate: true } });
    const plan = withCanary({ allocations: [moving, ...old] });
    expect(
      plan.actions.find((action) => "allocationId" in action && action.allocationId === "x"),
    ).toMatchObject({
      kind: "stop",
      reason: { code: "migrating", forgotten: true },
    });
    expect(said(plan)).toContain("canary shop.web[0] canary_wanted");
  });

  it("are like any other once promoted (D 41)", () => {
    const moving = called("x", 0, { ...newer, desiredTransition: { migrate: true } });
    expect(
      said(withCanary({ allocations: [moving, called("b", 1), called("c", 2)] }, { promoted: true })),
    ).toContain("place shop.web[0] for x migrating");
    const lost = { allocations: [canary, called("b", 1), called("c", 2)], nodes: nodesOf("down", "x") };
    expect(said(withCanary(lost, { promoted: true }))).toContain("place shop.web[0] for x lost");
  });

  it("are stopped when their deployment is over, and say which", () => {
    const over = ofVersion1(
      { desiredCanaries: 1, placedCanaries: ["x"] },
      { jobVersion: 0, status: "failed" },
    );
    const plan = planOf({
      allocations: [called("x", 0, { deploymentId: "deploy-1" }), ...old],
      deployments: [over],
    });
    expect(
      plan.actions.find((action) => "allocationId" in action && action.allocationId === "x")?.reason,
    ).toEqual({
      code: "canary_cancelled",
      deploymentId: "deploy-1",
    });
    const promoted = {
      ...over,
      groups: { web: aDeploymentState({ placedCanaries: ["x"], promoted: true }) },
    };
    const kept = planOf({ allocations: [called("x", 0), called("b", 1)], deployments: [promoted] });
    expect(said(kept).at(0)).toMatch(/^ignore x|^replace x/);
  });
});
