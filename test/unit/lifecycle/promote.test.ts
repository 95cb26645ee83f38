import { describe, expect, it } from "vitest";
import { type Allocation, type JobState, promote } from "../../../src/index.js";
import { aDeploymentState, anAllocation, NOW } from "../a-job.js";
import {
  allocationIn,
  type Canarying,
  canarying,
  deploymentIn,
  groupIn,
  MINUTE,
  refusalOf,
} from "./a-state.js";

function promoted(options: Canarying = {}, groups?: readonly string[]) {
  return promote(canarying(options), {
    deploymentId: "deploy-1",
    ...(groups === undefined ? {} : { groups }),
    now: NOW,
  });
}

/** Besides `web`, whose one canary is healthy: `api` wants two and has one; `cron` wants none. */
function three(): JobState {
  const state = canarying();
  const groups = {
    ...deploymentIn(state, "deploy-1").groups,
    api: aDeploymentState({ desiredCanaries: 2, placedCanaries: ["api-0", "api-1"] }),
    cron: aDeploymentState(),
  };
  const canary = (n: number, more: Partial<Allocation>): Allocation =>
    anAllocation(n, {
      id: `api-${n}`,
      name: `shop.api[${n}]`,
      group: "api",
      jobVersion: 1,
      deploymentId: "deploy-1",
      ...more,
    });
  return {
    ...state,
    deployments: state.deployments.map((one) => (one.id === "deploy-1" ? { ...one, groups } : one)),
    allocations: [
      ...state.allocations,
      canary(0, { deploymentStatus: { canary: true, healthy: true } }),
      canary(1, { deploymentStatus: { canary: true } }),
    ],
  };
}

describe("promoting", () => {
  it("marks the group; its healthy canaries are ordinary allocations from now on", () => {
    const done = promoted();
    expect(groupIn(done.state, "deploy-1")).toMatchObject({ promoted: true, placedCanaries: ["canary-0"] });
    expect(allocationIn(done.state, "canary-0").deploymentStatus).toEqual({
      healthy: true,
      timestamp: NOW - MINUTE,
    });
    expect(done).toMatchObject({ changed: true, evaluate: { because: "promoted" } });
  });

  it("gives the group its whole progress deadline again", () => {
    const { requireProgressBy } = groupIn(promoted().state, "deploy-1");
    expect(requireProgressBy).toBe(NOW + 10 * MINUTE);
  });

  it("says that it runs, now that nothing more needs promotion", () => {
    const before = "Deployment is running but requires manual promotion";
    const done = promoted({ deployment: { statusDescription: before } });
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toMatch(/is running$/);
  });

  it("leaves a canary that is not healthy a canary", () => {
    const state = canarying({ group: { placedCanaries: ["canary-0", "canary-1"] } });
    const second = anAllocation(1, {
      id: "canary-1",
      jobVersion: 1,
      deploymentId: "deploy-1",
      deploymentStatus: { canary: true },
    });
    const both = { ...state, allocations: [...state.allocations, second] };
    const done = promote(both, { deploymentId: "deploy-1", now: NOW });
    expect(allocationIn(done.state, "canary-1").deploymentStatus).toEqual({ canary: true });
  });

  it("is allowed while the deployment is paused, and it stays paused", () => {
    const done = promoted({ deployment: { status: "paused" } });
    expect(deploymentIn(done.state, "deploy-1").status).toBe("paused");
    expect(groupIn(done.state, "deploy-1").promoted).toBe(true);
  });

  it("a group that is promoted already stays as it is, whatever became of its canaries", () => {
    const state = canarying({ group: { promoted: true }, canary: { clientStatus: "failed" } });
    const done = promote(state, { deploymentId: "deploy-1", now: NOW });
    expect(done.state).toBe(state);
    expect(done.evaluate).toBeUndefined();
  });

  it.each<[string, Partial<Allocation>]>([
    ["unhealthy", { deploymentStatus: { canary: true, healthy: false } }],
    ["undecided", { deploymentStatus: { canary: true } }],
    ["healthy but failed", { clientStatus: "failed" }],
    ["healthy but stopped", { desiredStatus: "stop" }],
  ])("is refused while a canary is %s", (_, canary) => {
    expect(refusalOf(() => promoted({ canary }))).toMatchObject({
      code: "canaries_not_healthy",
      details: { groups: [{ group: "web", have: 0, need: 1 }] },
    });
  });

  it("does not take a healthy allocation for a canary that was never placed as one", () => {
    const refusal = refusalOf(() => promoted({ group: { placedCanaries: [] } }));
    expect(refusal.details).toMatchObject({ groups: [{ group: "web", have: 0, need: 1 }] });
  });
});

describe("promoting some of several groups", () => {
  it("marks those alone", () => {
    const done = promote(three(), { deploymentId: "deploy-1", groups: ["web"], now: NOW });
    const groups = Object.entries(deploymentIn(done.state, "deploy-1").groups);
    expect(groups.map(([name, state]) => [name, state.promoted])).toEqual([
      ["web", true],
      ["api", false],
      ["cron", false],
    ]);
    expect(allocationIn(done.state, "api-0").deploymentStatus?.canary).toBe(true);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toContain("requires manual promotion");
  });

  it("all of them are promoted, or none is", () => {
    const refusal = refusalOf(() => promote(three(), { deploymentId: "deploy-1", now: NOW }));
    expect(refusal.details["groups"]).toMatchObject([{ group: "api", have: 1, need: 2 }]);
    expect(refusal.message).toContain("1 of 2");
  });

  it("one that wants no canaries is never marked", () => {
    const state = three();
    const well = state.allocations.map((one) => ({
      ...one,
      deploymentStatus: { canary: true, healthy: true },
    }));
    const done = promote({ ...state, allocations: well }, { deploymentId: "deploy-1", now: NOW });
    const groups = Object.values(deploymentIn(done.state, "deploy-1").groups);
    expect(groups.map(({ promoted }) => promoted)).toEqual([true, true, false]);
  });
});
