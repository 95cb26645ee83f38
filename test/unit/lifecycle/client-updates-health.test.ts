import { describe, expect, it } from "vitest";
import { type ClientUpdate, type JobState, updateClients } from "../../../src/index.js";
import { NOW } from "../a-job.js";
import { allocationIn, groupIn, MINUTE, rolling, running, SECOND } from "./a-state.js";

function report(state: JobState, ...updates: readonly Partial<ClientUpdate>[]) {
  return updateClients(state, {
    updates: updates.map((one) => ({ allocationId: "allocation-0", ...one })),
    now: NOW,
  });
}

describe("what nodes report of a deployment's allocations", () => {
  const crash = {
    clientStatus: "failed",
    taskStates: { main: { state: "dead", failed: true, finishedAt: NOW } },
  } as const;

  it("makes one healthy that was well for long enough", () => {
    const done = report(rolling(), { taskStates: { main: running(NOW - 10 * SECOND) } });
    expect(allocationIn(done.state, "allocation-0").deploymentStatus).toEqual({
      healthy: true,
      timestamp: NOW,
    });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 1, unhealthyAllocs: 0 });
    expect(done.evaluate).toEqual({ because: "health_decided" });
  });

  it("moves the deadline to the time of the health plus the progress deadline, if that is later", () => {
    const well = { taskStates: { main: running(NOW - 10 * SECOND) } };
    const soon = report(rolling({ requireProgressBy: NOW + MINUTE }), well);
    expect(groupIn(soon.state, "deploy-0").requireProgressBy).toBe(NOW + 10 * MINUTE);
    const late = report(rolling({ requireProgressBy: NOW + 11 * MINUTE }), well);
    expect(groupIn(late.state, "deploy-0").requireProgressBy).toBe(NOW + 11 * MINUTE);
  });

  it("makes one that failed unhealthy; while attempts are left it may be rescheduled and the deployment runs on", () => {
    const state = rolling({}, [{}, {}, {}], { reschedule: { unlimited: true, delay: 30 * SECOND } });
    const done = report(state, crash);
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      deploymentStatus: { healthy: false, timestamp: NOW },
      desiredTransition: { reschedule: true },
    });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 0, unhealthyAllocs: 1 });
    expect(done.state.deployments[0]?.status).toBe("running");
  });

  it("ends the deployment at once when the one that failed has no attempt left", () => {
    const done = report(rolling({}, [{}, {}, {}], { reschedule: { attempts: 0 } }), crash);
    expect(done.state.deployments[0]).toMatchObject({
      status: "failed",
      statusDescription: expect.stringContaining("unhealthy allocations"),
    });
    expect(done.evaluate).toEqual({ because: "deployment_failed" });
  });

  it("ends the deployment at once when its group has no progress deadline, although attempts are left", () => {
    const policy = { reschedule: { unlimited: true, delay: 30 * SECOND } };
    const done = report(rolling({ progressDeadline: 0 }, [{}, {}, {}], policy), crash);
    expect(done.state.deployments[0]?.status).toBe("failed");
  });

  const healthy = { deploymentStatus: { healthy: true, timestamp: NOW - MINUTE } };

  it("lets a healthy one that fails be rescheduled: it stays counted as healthy", () => {
    const policy = { reschedule: { unlimited: true, delay: 30 * SECOND } };
    const done = report(rolling({ healthyAllocs: 1 }, [healthy, {}, {}], policy), crash);
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      ...healthy,
      desiredTransition: { reschedule: true },
    });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 1, unhealthyAllocs: 0 });
  });

  it("makes a healthy one that fails without an attempt left unhealthy, with the consequences", () => {
    const done = report(
      rolling({ healthyAllocs: 1 }, [healthy, {}, {}], { reschedule: { attempts: 0 } }),
      crash,
    );
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 0, unhealthyAllocs: 1 });
    expect(done.state.deployments[0]?.status).toBe("failed");
  });
});
