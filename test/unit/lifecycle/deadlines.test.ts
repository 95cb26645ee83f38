import { describe, expect, it } from "vitest";
import {
  type DeploymentState,
  type Job,
  type JobState,
  reportHealth,
  tick,
  updateClients,
} from "../../../src/index.js";
import { aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { canarying, deploymentIn, groupIn, MINUTE, numbers, rolling, SECOND } from "./a-state.js";

const healthy = { deploymentStatus: { healthy: true, timestamp: 1 } };
/** Judged by hand, so that only deadlines end the deployment. */
const byHand = { update: { healthCheck: "manual" } } as const;

function late(
  group: Partial<DeploymentState> = {},
  allocations: Parameters<typeof rolling>[1] = [healthy, healthy, {}],
) {
  return rolling({ requireProgressBy: NOW, ...group }, allocations, byHand);
}

function statusAfter(state: JobState, now = NOW): string {
  return deploymentIn(tick(state, { now }).state, "deploy-0").status;
}

describe("a group's progress deadline", () => {
  it("fails the deployment when it passes and the group is not done", () => {
    const done = tick(late(), { now: NOW });
    expect(deploymentIn(done.state, "deploy-0")).toMatchObject({
      status: "failed",
      statusDescription: expect.stringContaining("progress deadline"),
    });
    expect(done.evaluate).toEqual({ because: "deployment_failed" });
  });

  it("does nothing a moment before", () => {
    const state = late();
    const done = tick(state, { now: NOW - 1 });
    expect(done.state).toBe(state);
    expect(done.nextTickAt).toBe(NOW);
  });

  it("does not fail a group that is done", () => {
    expect(statusAfter(late({}, [healthy, healthy, healthy]))).toBe("running");
  });

  it("counts what lives and is healthy now, not a counter of what once was", () => {
    const stopped = { ...healthy, desiredStatus: "stop" } as const;
    expect(statusAfter(late({ healthyAllocs: 3 }, [healthy, healthy, stopped]))).toBe("failed");
  });

  it("is each group's own: one that is late fails, one that has time does not", () => {
    const both = (web: number, api: number): JobState => {
      const state = late();
      const groups = {
        web: aDeploymentState({ requireProgressBy: web }),
        api: aDeploymentState({ requireProgressBy: api, desiredTotal: 0 }),
      };
      return { ...state, deployments: state.deployments.map((one) => ({ ...one, groups })) };
    };
    expect(statusAfter(both(NOW + 1, NOW))).toBe("running");
    expect(statusAfter(both(NOW, NOW + 1))).toBe("failed");
  });

  it("does not end a deployment that is paused", () => {
    const state = late();
    const deployments = state.deployments.map((one) => ({ ...one, status: "paused" as const }));
    expect(statusAfter({ ...state, deployments })).toBe("paused");
  });

  it("rolls back only if a group that is late has autoRevert", () => {
    const state = canarying({
      update: { healthCheck: "manual" },
      canary: { deploymentStatus: { canary: true } },
    });
    const withApi = (web: Partial<DeploymentState>, api: Partial<DeploymentState>): JobState => ({
      ...state,
      deployments: state.deployments.map((one) => ({
        ...one,
        groups: {
          web: aDeploymentState({
            desiredCanaries: 1,
            placedCanaries: ["canary-0"],
            requireProgressBy: NOW,
            ...web,
          }),
          api: aDeploymentState({ requireProgressBy: NOW + 1, ...api }),
        },
      })),
    });
    const mine = tick(withApi({ autoRevert: true }, {}), { now: NOW });
    expect(mine.rollback).toEqual({ kind: "rolled_back", from: 1, to: 0, version: 2 });
    const others = tick(withApi({}, { autoRevert: true }), { now: NOW });
    expect(others.rollback).toBeUndefined();
    expect(numbers(others.state)).toEqual([0, 1]);
  });
});

describe("a group that is canarying", () => {
  const unlimited = {
    reschedule: { unlimited: true, delay: 30 * SECOND, delayFunction: "constant" },
  } as const;

  function gated(options: Parameters<typeof canarying>[0]): JobState {
    const state = canarying({ update: { healthCheck: "manual" }, ...options });
    const versions: Job[] = state.versions.map((job) =>
      aJob({ ...job, groups: job.groups.map((group) => aGroup({ ...group, ...unlimited })) }),
    );
    return { ...state, versions };
  }

  it("is judged by its canaries: too few of them, and the deployment fails", () => {
    const state = gated({
      group: { requireProgressBy: NOW },
      canary: { deploymentStatus: { canary: true } },
    });
    expect(deploymentIn(tick(state, { now: NOW }).state, "deploy-1").status).toBe("failed");
  });

  it("has no deadline while it only waits for its promotion", () => {
    const done = tick(gated({ group: { requireProgressBy: NOW } }), { now: NOW });
    expect(deploymentIn(done.state, "deploy-1").status).toBe("running");
    expect(groupIn(done.state, "deploy-1").requireProgressBy).toBeUndefined();
    expect(done.nextTickAt).toBeUndefined();
  });

  it("gets a whole deadline as soon as a canary dies", () => {
    const waiting = tick(gated({ group: { requireProgressBy: NOW } }), { now: NOW }).state;
    const died = NOW + 60 * MINUTE;
    const updates = [{ allocationId: "canary-0", clientStatus: "failed" as const }];
    const done = updateClients(waiting, { updates, now: died });
    expect(deploymentIn(done.state, "deploy-1").status).toBe("running");
    expect(groupIn(done.state, "deploy-1").requireProgressBy).toBe(died + 10 * MINUTE);
  });
});

describe("a group that found no room", () => {
  it("gets more time where no version is there to go back to", () => {
    const done = tick(late({ noRoom: 1 }), { now: NOW });
    expect(deploymentIn(done.state, "deploy-0").status).toBe("running");
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(NOW + 10 * MINUTE);
  });

  const short = {
    canary: { deploymentStatus: { canary: true } },
    group: { noRoom: 1, requireProgressBy: NOW },
  };

  it("gets more time where the stable version says the same", () => {
    const state = canarying({ update: { healthCheck: "manual" }, ...short });
    const same = state.versions.map((job) => aJob({ ...job, groups: [aGroup(byHand)] }));
    const done = tick({ ...state, versions: same }, { now: NOW });
    expect(groupIn(done.state, "deploy-1").requireProgressBy).toBe(NOW + 10 * MINUTE);
  });

  it("fails like any other where a stable version is there to go back to", () => {
    const done = tick(canarying({ update: { healthCheck: "manual" }, ...short }), { now: NOW });
    expect(deploymentIn(done.state, "deploy-1").status).toBe("failed");
    expect(done.rollback).toMatchObject({ kind: "rolled_back", to: 0 });
  });
});

describe("progress", () => {
  it("moves the deadline on by one progress deadline since the newest healthy one", () => {
    const now = NOW - MINUTE;
    const done = reportHealth(late(), { deploymentId: "deploy-0", healthy: ["allocation-2"], now });
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(now + 10 * MINUTE);
  });

  it("never brings the deadline nearer", () => {
    const state = late({ requireProgressBy: NOW + 60 * MINUTE }, [{}, {}, {}]);
    const done = reportHealth(state, { deploymentId: "deploy-0", healthy: ["allocation-2"], now: NOW });
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(NOW + 60 * MINUTE);
  });

  it("does not give a deadline to a group that has none", () => {
    const state = rolling({ progressDeadline: 0 }, [anAllocation(0)], byHand);
    const own = {
      ...state,
      allocations: state.allocations.map((one) => ({ ...one, deploymentId: "deploy-0" })),
    };
    const done = reportHealth(own, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW });
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBeUndefined();
  });
});
