import { describe, expect, it } from "vitest";
import { applyPlan, type DeploymentState, type PlannedDeployment } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aJob, NOW } from "../a-job.js";
import { aPlace, aPlan, aState, canarying, deploymentIn, groupIn, MINUTE, rolling } from "./a-state.js";

function planned(id: string, group: Partial<DeploymentState>, more: Partial<PlannedDeployment> = {}) {
  const groups = { web: aDeploymentState(group) };
  return {
    kind: "created",
    id,
    jobId: "shop",
    jobVersion: 0,
    jobCreateIndex: 5,
    jobModifyIndex: 10,
    status: "running",
    groups,
    ...more,
  } as const satisfies PlannedDeployment;
}

describe("a deployment that the plan creates", () => {
  it("is there from now on, and its deadline begins with it", () => {
    const state = aState({ versions: [aJob({ priority: 70 })] });
    const deployment = planned("deploy-1", { progressDeadline: 10 * MINUTE });
    const done = applyPlan(state, { plan: aPlan(state, { deployment }), now: NOW });
    expect(deploymentIn(done.state, "deploy-1")).toMatchObject({
      status: "running",
      createIndex: 51,
      modifyIndex: 51,
      createdAt: NOW,
      modifiedAt: NOW,
      evaluationPriority: 70,
    });
    expect(groupIn(done.state, "deploy-1").requireProgressBy).toBe(NOW + 10 * MINUTE);
  });

  it("has no deadline where its group has none", () => {
    const state = aState();
    const deployment = planned("deploy-1", { progressDeadline: 0 });
    const done = applyPlan(state, { plan: aPlan(state, { deployment }), now: NOW });
    expect(groupIn(done.state, "deploy-1").requireProgressBy).toBeUndefined();
  });
});

describe("a deployment that the plan changes", () => {
  it("keeps what clients own, and takes what the plan wants", () => {
    const state = rolling({
      placedAllocs: 3,
      healthyAllocs: 2,
      unhealthyAllocs: 1,
      requireProgressBy: NOW + 7,
    });
    const deployment = planned(
      "deploy-0",
      {
        placedAllocs: 0,
        healthyAllocs: 0,
        unhealthyAllocs: 0,
        requireProgressBy: NOW,
        desiredTotal: 5,
        desiredCanaries: 2,
      },
      { kind: "changed" },
    );
    const done = applyPlan(state, { plan: aPlan(state, { deployment }), now: NOW });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({
      placedAllocs: 3,
      healthyAllocs: 2,
      unhealthyAllocs: 1,
      requireProgressBy: NOW + 7,
      desiredTotal: 5,
      desiredCanaries: 2,
    });
    expect(deploymentIn(done.state, "deploy-0")).toMatchObject({ modifyIndex: 51, modifiedAt: NOW });
  });

  it("never undoes a promotion", () => {
    const state = canarying({ group: { promoted: true } });
    const deployment = planned(
      "deploy-1",
      { promoted: false, desiredTotal: 9 },
      { kind: "changed", jobVersion: 1 },
    );
    const done = applyPlan(state, { plan: aPlan(state, { deployment }), now: NOW });
    expect(groupIn(done.state, "deploy-1")).toMatchObject({ promoted: true, desiredTotal: 9 });
  });

  it("gives a group that joins late a deadline from now", () => {
    const state = rolling({ requireProgressBy: NOW + 7 });
    const groups = { web: aDeploymentState(), api: aDeploymentState({ progressDeadline: MINUTE }) };
    const deployment = planned("deploy-0", {}, { kind: "changed", groups });
    const done = applyPlan(state, { plan: aPlan(state, { deployment }), now: NOW });
    expect(groupIn(done.state, "deploy-0", "api").requireProgressBy).toBe(NOW + MINUTE);
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(NOW + 7);
  });

  it.each(["successful", "failed", "cancelled"] as const)("stays as it is when it is %s", (status) => {
    const deployments = [aDeployment({ status, groups: { web: aDeploymentState({ placedAllocs: 3 }) } })];
    const state = aState({ deployments });
    const plan = aPlan(state, {
      deployment: planned("deploy-0", { desiredTotal: 9 }, { kind: "changed" }),
      deploymentUpdates: [{ deploymentId: "deploy-0", status: "cancelled", description: "newer_version" }],
      actions: [aPlace(3, { deploymentId: "deploy-0" })],
    });
    const placements = [{ placement: "web/3", allocationId: "new", nodeId: "node-1" }];
    const done = applyPlan(state, { plan, placements, now: NOW });
    expect(done.state.deployments).toEqual(deployments);
  });
});

describe("a status update", () => {
  it("to successful makes the deployment's version stable, and no other", () => {
    const state = canarying({ group: { promoted: true } });
    const unproven = { ...state, versions: state.versions.map(({ stable: _, ...job }) => aJob(job)) };
    const plan = aPlan(unproven, {
      deploymentUpdates: [{ deploymentId: "deploy-1", status: "successful", description: "successful" }],
    });
    const done = applyPlan(unproven, { plan, now: NOW });
    expect(deploymentIn(done.state, "deploy-1").status).toBe("successful");
    expect(done.state.versions.map(({ stable }) => stable ?? false)).toEqual([false, true]);
  });

  it("to cancelled proves nothing", () => {
    const state = canarying();
    const plan = aPlan(state, {
      deploymentUpdates: [{ deploymentId: "deploy-1", status: "cancelled", description: "newer_version" }],
    });
    const done = applyPlan(state, { plan, now: NOW });
    expect(deploymentIn(done.state, "deploy-1").status).toBe("cancelled");
    expect(done.state.versions.map(({ stable }) => stable ?? false)).toEqual([true, false]);
  });
});
