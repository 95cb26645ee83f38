import { describe, expect, it } from "vitest";
import { type Allocation, applyPlan, type JobState, type UpdateAction } from "../../../src/index.js";
import { aDeployment, aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlace, aPlan, aState, groupIn, MINUTE, rolling, withImage } from "./a-state.js";

/** Every allocation of that state adopts version 1. */
function adopting(state: JobState, deploymentId?: string): UpdateAction[] {
  return state.allocations.map(({ id }) => ({
    kind: "update",
    group: "web",
    allocationId: id,
    reason: { code: "in_place_update" },
    jobVersion: 1,
    jobCreateIndex: 5,
    ...(deploymentId === undefined ? {} : { deploymentId }),
  }));
}

describe("what joins a deployment is counted", () => {
  it("a new allocation raises placed; a canary is listed besides, and flagged", () => {
    const state = rolling({ desiredCanaries: 1 });
    const plan = aPlan(state, {
      actions: [
        aPlace(0, { deploymentId: "deploy-0" }),
        {
          ...aPlace(1, { deploymentId: "deploy-0" }),
          kind: "canary",
          reason: { code: "canary_wanted", have: 0, need: 1 },
        },
        aPlace(2),
      ],
    });
    const placements = [0, 1, 2].map((n) => ({
      placement: `web/${n}`,
      allocationId: `new-${n}`,
      nodeId: "node-1",
    }));
    const { state: after } = applyPlan(state, { plan, placements, now: NOW });
    expect(groupIn(after, "deploy-0")).toMatchObject({
      placedAllocs: 5,
      healthyAllocs: 0,
      placedCanaries: ["new-1"],
    });
    const flags = placements.map(({ allocationId }) => {
      const { deploymentId, deploymentStatus } = allocationIn(after, allocationId);
      return [deploymentId, deploymentStatus?.canary ?? false];
    });
    expect(flags).toEqual([
      ["deploy-0", false],
      ["deploy-0", true],
      [undefined, false],
    ]);
  });

  const healthy = { healthy: true, timestamp: NOW - MINUTE };
  const before: Partial<Allocation>[] = [
    { deploymentStatus: healthy },
    { deploymentStatus: { healthy: false, timestamp: NOW - MINUTE } },
    { deploymentStatus: healthy, clientStatus: "failed" },
  ];

  function adopted(image: string): JobState {
    const state = aState({
      versions: [
        aJob({ groups: [withImage("image:1")] }),
        aJob({ version: 1, modifyIndex: 20, groups: [withImage(image)] }),
      ],
      allocations: before.map((more, n) => anAllocation(n, { deploymentId: "deploy-old", ...more })),
      deployments: [aDeployment({ id: "deploy-1", jobVersion: 1 })],
    });
    return applyPlan(state, { plan: aPlan(state, { actions: adopting(state, "deploy-1") }), now: NOW }).state;
  }

  it("an adopted one raises placed, and must prove its health again", () => {
    const after = adopted("image:2");
    expect(groupIn(after, "deploy-1")).toMatchObject({ placedAllocs: 3, healthyAllocs: 0 });
    expect(after.allocations.map((one) => one.deploymentStatus?.healthy)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(after.allocations[0]).toMatchObject({
      jobVersion: 1,
      deploymentId: "deploy-1",
      adoptedAt: NOW,
      modifiedAt: NOW,
    });
  });

  it("one that adopts what it runs already keeps its health, if it lives and is healthy", () => {
    const after = adopted("image:1");
    expect(groupIn(after, "deploy-1")).toMatchObject({ placedAllocs: 3, healthyAllocs: 1 });
    expect(after.allocations.map((one) => one.deploymentStatus)).toEqual([healthy, undefined, undefined]);
  });

  it("one that is adopted while no deployment is active leaves its old one", () => {
    const state = rolling();
    const versions = [...state.versions, aJob({ version: 1, modifyIndex: 20 })];
    const before = { ...state, versions };
    const done = applyPlan(before, { plan: aPlan(before, { actions: adopting(before) }), now: NOW });
    expect(done.state.allocations.map(({ deploymentId }) => deploymentId)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(groupIn(done.state, "deploy-0").placedAllocs).toBe(3);
  });
});
