import { describe, expect, it } from "vitest";
import { type DeploymentState, nextTick, tick } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aJob, NOW } from "../a-job.js";
import { aState, deploymentIn, groupIn, rolling } from "./a-state.js";

const healthy = { deploymentStatus: { healthy: true, timestamp: 1 } };

describe("time", () => {
  it("asks for follow-ups in the order of their times, then ids, and one at a time", () => {
    const followUp = (id: string, at: number) =>
      ({ id, group: "web", at, cause: "reschedule", allocations: ["allocation-0"] }) as const;
    const three = [followUp("c", NOW), followUp("b", NOW), followUp("a", NOW + 1)];
    for (const followUps of [three, three.toReversed()]) {
      const done = tick(aState({ followUps }), { now: NOW });
      expect(done.evaluate).toEqual({ because: "follow_up", evaluationId: "b" });
      expect((done.state.followUps ?? []).map(({ id }) => id).sort()).toEqual(["a", "c"]);
      expect(done.nextTickAt).toBe(NOW);
    }
    expect(tick(aState(), { now: NOW })).not.toHaveProperty("nextTickAt");
  });

  it("says when to come back: for a group that is under way again, at once", () => {
    const next = (groups: Record<string, Partial<DeploymentState>>): number | undefined => {
      const states = Object.entries(groups).map(([name, state]) => [
        name,
        aDeploymentState({ desiredTotal: 0, ...state }),
      ]);
      const state = rolling({}, [healthy, healthy, healthy], { update: { healthCheck: "manual" } });
      const deployments = [aDeployment({ groups: Object.fromEntries(states) })];
      return nextTick({ ...state, deployments }, NOW);
    };
    expect(next({ web: {} })).toBeUndefined();
    expect(next({ web: { requireProgressBy: NOW + 9 } })).toBe(NOW + 9);
    expect(next({ web: { desiredTotal: 4 } })).toBe(NOW);
    expect(next({ web: { requireProgressBy: NOW + 9 }, api: {} })).toBe(NOW + 9);
    expect(next({ web: { requireProgressBy: NOW + 9 }, api: { desiredTotal: 1 }, db: {} })).toBe(NOW);
    expect(next({ web: { desiredTotal: 4, progressDeadline: 0 } })).toBeUndefined();
  });

  it("gives more only to a group that waits for room and has nothing to go back to", () => {
    const late = { requireProgressBy: NOW - 1, progressDeadline: 1_000, noRoom: 1 };
    const state = rolling(late, [healthy, {}, {}], { update: { healthCheck: "manual" } });
    const done = tick(state, { now: NOW });
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(NOW + 999);
    const proven = {
      ...state,
      versions: [aJob({ stable: true, priority: 60 }), aJob({ version: 1, modifyIndex: 20 })],
    };
    const deployments = state.deployments.map((one) => ({ ...one, jobVersion: 1 }));
    expect(deploymentIn(tick({ ...proven, deployments }, { now: NOW }).state, "deploy-0").status).toBe(
      "failed",
    );
  });

  it("rolls back where any group that is late wants it", () => {
    const versions = [aJob({ stable: true, priority: 60 }), aJob({ version: 1, modifyIndex: 20 })];
    const late = { requireProgressBy: NOW, desiredTotal: 9 };
    const failed = (web: boolean, api: boolean) => {
      const groups = {
        web: aDeploymentState({ ...late, autoRevert: web }),
        api: aDeploymentState({ ...late, autoRevert: api }),
      };
      const state = aState({
        versions,
        allocations: [],
        deployments: [aDeployment({ jobVersion: 1, groups })],
      });
      return tick(state, { now: NOW }).rollback?.kind;
    };
    expect(failed(false, true)).toBe("rolled_back");
    expect(failed(true, false)).toBe("rolled_back");
    expect(failed(false, false)).toBeUndefined();
  });
});
