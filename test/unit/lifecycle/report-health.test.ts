import { describe, expect, it } from "vitest";
import { type JobState, reportHealth } from "../../../src/index.js";
import { aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import {
  allocationIn,
  aState,
  canarying,
  deploymentIn,
  groupIn,
  MINUTE,
  newest,
  numbers,
  rolling,
} from "./a-state.js";

const healthy = { deploymentStatus: { healthy: true, timestamp: NOW - MINUTE } };

function report(
  state: JobState,
  ids: { healthy?: string[]; unhealthy?: string[] },
  deploymentId = "deploy-0",
) {
  return reportHealth(state, { deploymentId, ...ids, now: NOW });
}

describe("reporting allocations as healthy", () => {
  it("decides them, counts them, and evaluates", () => {
    const done = report(rolling(), { healthy: ["allocation-0", "allocation-2"] });
    expect(done.state.allocations.map((one) => one.deploymentStatus)).toEqual([
      { healthy: true, timestamp: NOW },
      undefined,
      { healthy: true, timestamp: NOW },
    ]);
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 2, unhealthyAllocs: 0 });
    expect(done.evaluate).toEqual({ because: "health_decided" });
  });

  it("counts the ones that were decided before only once", () => {
    const state = rolling({ healthyAllocs: 1 }, [healthy, {}, {}]);
    const done = report(state, { healthy: ["allocation-0", "allocation-1", "allocation-1"] });
    expect(groupIn(done.state, "deploy-0").healthyAllocs).toBe(2);
    expect(allocationIn(done.state, "allocation-0").deploymentStatus).toEqual(healthy.deploymentStatus);
  });

  it("moves the deadline of their group, not that of others", () => {
    const groups = { web: aDeploymentState(), api: aDeploymentState({ requireProgressBy: NOW + MINUTE }) };
    const [deployment] = rolling().deployments.map((one) => ({ ...one, groups }));
    const state = { ...rolling(), deployments: deployment === undefined ? [] : [deployment] };
    const done = report(state, { healthy: ["allocation-0"] });
    expect(groupIn(done.state, "deploy-0", "web").requireProgressBy).toBe(NOW + 10 * MINUTE);
    expect(groupIn(done.state, "deploy-0", "api").requireProgressBy).toBe(NOW + MINUTE);
  });

  it("keeps a canary a canary until it is promoted", () => {
    const state = canarying({ canary: { deploymentStatus: { canary: true } } });
    const done = report(state, { healthy: ["canary-0"] }, "deploy-1");
    expect(allocationIn(done.state, "canary-0").deploymentStatus).toEqual({
      canary: true,
      healthy: true,
      timestamp: NOW,
    });
  });

  it("is allowed while the deployment is paused", () => {
    const state = canarying({
      deployment: { status: "paused" },
      canary: { deploymentStatus: { canary: true } },
    });
    const done = report(state, { healthy: ["canary-0"] }, "deploy-1");
    expect(deploymentIn(done.state, "deploy-1").status).toBe("paused");
    expect(allocationIn(done.state, "canary-0").deploymentStatus?.healthy).toBe(true);
  });
});

describe("reporting an allocation as unhealthy", () => {
  it("fails the deployment at once, although attempts and time are left", () => {
    const state = rolling({}, [{}, {}, {}], { reschedule: { unlimited: true, delay: MINUTE } });
    const done = report(state, { unhealthy: ["allocation-1"], healthy: ["allocation-0"] });
    expect(allocationIn(done.state, "allocation-1").deploymentStatus).toEqual({
      healthy: false,
      timestamp: NOW,
    });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 1, unhealthyAllocs: 1 });
    expect(deploymentIn(done.state, "deploy-0").status).toBe("failed");
    expect(done.evaluate).toEqual({ because: "deployment_failed" });
    expect(done.rollback).toBeUndefined();
  });

  it("moves one that was healthy from one counter to the other", () => {
    const state = rolling({ healthyAllocs: 1 }, [healthy, {}, {}]);
    const done = report(state, { unhealthy: ["allocation-0"] });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 0, unhealthyAllocs: 1 });
  });

  it("rolls back when its group has autoRevert", () => {
    const done = report(canarying(), { unhealthy: ["canary-0"] }, "deploy-1");
    expect(done.rollback).toEqual({ kind: "rolled_back", from: 1, to: 0, version: 2 });
    expect(numbers(done.state)).toEqual([0, 1, 2]);
    expect(newest(done.state)).toMatchObject({ version: 2, rollbackOf: 0 });
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toContain("rolling back to job version 0");
  });

  it("does not roll back when only another group has autoRevert", () => {
    const job = aJob({ groups: [aGroup(), aGroup({ name: "api" })] });
    const state = aState({
      ...canarying({ group: { autoRevert: false } }),
      versions: [
        { ...job, stable: true },
        { ...job, version: 1, modifyIndex: 20, priority: 60 },
      ],
    });
    const deployments = state.deployments.map((one) => ({
      ...one,
      groups: { ...one.groups, api: aDeploymentState({ autoRevert: true }) },
    }));
    const api = anAllocation(0, {
      id: "api-0",
      name: "shop.api[0]",
      group: "api",
      jobVersion: 1,
      deploymentId: "deploy-1",
    });
    const both = { ...state, deployments, allocations: [...state.allocations, api] };
    expect(report(both, { unhealthy: ["canary-0"] }, "deploy-1").rollback).toBeUndefined();
    expect(report(both, { unhealthy: ["canary-0", "api-0"] }, "deploy-1").rollback).toMatchObject({ to: 0 });
  });
});
