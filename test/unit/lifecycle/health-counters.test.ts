import { describe, expect, it } from "vitest";
import { reportHealth, updateClients } from "../../../src/index.js";
import { aGroup, NOW } from "../a-job.js";
import { allocationIn, groupIn, MINUTE, rolling } from "./a-state.js";

describe("counters of health", () => {
  const two = { healthyAllocs: 1, unhealthyAllocs: 1, placedAllocs: 3 };

  it("move with one that was unhealthy and is healthy, and with one that was healthy and is not", () => {
    const state = rolling(two, [
      { deploymentStatus: { healthy: false } },
      { deploymentStatus: { healthy: true } },
      {},
    ]);
    const report = (more: object) =>
      groupIn(reportHealth(state, { deploymentId: "deploy-0", now: NOW, ...more }).state, "deploy-0");
    expect(report({ healthy: ["allocation-0"] })).toMatchObject({ healthyAllocs: 2, unhealthyAllocs: 0 });
    expect(report({ unhealthy: ["allocation-1"] })).toMatchObject({ healthyAllocs: 0, unhealthyAllocs: 2 });
    expect(report({ healthy: ["allocation-2"] })).toMatchObject({ healthyAllocs: 2, unhealthyAllocs: 1 });
  });

  it("move a deadline on, never back, and only by what is healthy", () => {
    const by = NOW + 60 * MINUTE;
    const state = rolling({ requireProgressBy: by }, [{}, {}, {}]);
    const healthy = reportHealth(state, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW });
    expect(groupIn(healthy.state, "deploy-0").requireProgressBy).toBe(by);
    const near = rolling({ requireProgressBy: NOW + 1 }, [{}, {}, {}]);
    const moved = reportHealth(near, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW });
    expect(groupIn(moved.state, "deploy-0").requireProgressBy).toBe(NOW + 600_000);
    const not = reportHealth(near, { deploymentId: "deploy-0", unhealthy: ["allocation-0"], now: NOW });
    expect(groupIn(not.state, "deploy-0").requireProgressBy).toBe(NOW + 1);
  });

  it("do not move for a group that the deployment does not have", () => {
    const state = rolling({}, [{ name: "shop.db[0]", group: "db" }]);
    const versions = state.versions.map((job) => ({
      ...job,
      groups: [...job.groups, aGroup({ name: "db" })],
    }));
    const failed = [{ allocationId: "allocation-0", clientStatus: "failed" }] as const;
    const done = updateClients({ ...state, versions }, { updates: failed, now: NOW });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 0, unhealthyAllocs: 0 });
    expect(allocationIn(done.state, "allocation-0").deploymentStatus).toBeUndefined();
  });
});
