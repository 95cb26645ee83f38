import { describe, expect, it } from "vitest";
import { groupProgress, nextTick, parseJobEvent, promote } from "../../../src/index.js";
import { currentDeploymentAt } from "../../../src/lifecycle/job-state.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aState, canarying, deploymentIn, refusalOf } from "./a-state.js";

describe("a promotion", () => {
  it("makes ordinary allocations of its own healthy canaries alone", () => {
    const state = canarying();
    const others = [
      anAllocation(5, { deploymentId: "deploy-0", deploymentStatus: { canary: true, healthy: true } }),
      anAllocation(6, { deploymentId: "deploy-1", deploymentStatus: { canary: true } }),
      anAllocation(7, {
        deploymentId: "deploy-1",
        group: "api",
        deploymentStatus: { canary: true, healthy: true },
      }),
    ];
    const done = promote(
      { ...state, allocations: [...state.allocations, ...others] },
      { deploymentId: "deploy-1", now: NOW },
    );
    expect(allocationIn(done.state, "canary-0")).toMatchObject({ modifiedAt: NOW });
    expect(allocationIn(done.state, "canary-0").deploymentStatus).not.toHaveProperty("canary");
    expect(done.state.allocations.slice(-3)).toEqual(others);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toBe("Deployment is running");
  });

  it("that is refused says of which groups, and how many there are", () => {
    const none = canarying({ group: { desiredCanaries: 0 } });
    const told = (groups?: string[]) =>
      refusalOf(() => promote(none, { deploymentId: "deploy-1", now: NOW, ...(groups && { groups }) }))
        .message;
    expect(told()).toContain("none of its groups wants canaries");
    expect(told(["web"])).toContain("none of its groups named here wants canaries");
    const state = canarying({ group: { desiredCanaries: 2 } });
    const deployments = state.deployments.map((one) => ({
      ...one,
      groups: { ...one.groups, api: aDeploymentState({ desiredCanaries: 1 }) },
    }));
    expect(
      refusalOf(() => promote({ ...state, deployments }, { deploymentId: "deploy-1", now: NOW })).message,
    ).toBe(
      'Deployment "deploy-1" cannot be promoted: group "web" has 1 of 2 live and healthy canaries; group "api" has 0 of 1 live and healthy canaries. Wait for them, or fail the deployment.',
    );
  });
});

describe("the current deployment", () => {
  it("is none of a job that is stopped, or that there is not", () => {
    const deployments = [aDeployment({ id: "a", jobVersion: 7 }), aDeployment()];
    expect(currentDeploymentAt(deployments, aJob())).toBe(1);
    expect(currentDeploymentAt(deployments, aJob({ stop: true }))).toBe(-1);
    expect(currentDeploymentAt(deployments, undefined)).toBe(-1);
    expect(currentDeploymentAt(deployments, aJob({ createIndex: 6 }))).toBe(-1);
  });

  it("is done by its own allocations alone", () => {
    const allocations = [0, 1, 2].map((n) =>
      anAllocation(n, {
        deploymentId: n === 0 ? "deploy-9" : "deploy-0",
        deploymentStatus: { healthy: true },
      }),
    );
    expect(groupProgress(aDeployment(), "web", allocations)).toEqual({ kind: "under_way", have: 2, need: 3 });
    expect(groupProgress(aDeployment(), "api", allocations)).toEqual({ kind: "done" });
    expect(
      groupProgress(
        aDeployment({ groups: { web: aDeploymentState({ desiredTotal: 2 }) } }),
        "web",
        allocations,
      ),
    ).toEqual({ kind: "done" });
  });

  it("says nothing of time where its groups are no part of it", () => {
    const state = aState({
      versions: [aJob({ groups: [aGroup({ update: {} })] })],
      allocations: [anAllocation(0, { deploymentId: "deploy-0", clientStatus: "running" })],
      deployments: [aDeployment({ groups: {} })],
    });
    expect(nextTick(state, NOW)).toBeUndefined();
  });
});

describe("an event from outside", () => {
  it("may be about a batch job, and about running its allocations again or not again", () => {
    const submit = { kind: "submit", now: NOW, job: { id: "shop", type: "batch", groups: [aGroup()] } };
    expect(parseJobEvent(submit)).toBe(submit);
    for (const batch of ["run_again", "not_again"]) {
      const migrate = { kind: "migrate", now: NOW, allocationIds: ["a"], batch };
      expect(parseJobEvent(migrate)).toBe(migrate);
    }
  });
});
