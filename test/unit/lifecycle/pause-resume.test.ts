import { describe, expect, it } from "vitest";
import { pause, reconcile, resume, tick } from "../../../src/index.js";
import { aDeploymentState, NOW } from "../a-job.js";
import { canarying, deploymentIn, groupIn, MINUTE, rolling } from "./a-state.js";

const event = { deploymentId: "deploy-0", now: NOW };
/** Judged by hand: nothing but its deadline could end the deployment. */
const late = rolling({ requireProgressBy: NOW + MINUTE }, [{}, {}, {}], {
  update: { healthCheck: "manual" },
});
const paused = pause(late, event).state;

describe("pausing a deployment", () => {
  it("makes it paused and needs no evaluation", () => {
    const done = pause(late, event);
    expect(deploymentIn(done.state, "deploy-0")).toMatchObject({
      status: "paused",
      modifyIndex: 51,
      modifiedAt: NOW,
    });
    expect(deploymentIn(done.state, "deploy-0").statusDescription).toContain("paused");
    expect(done.evaluate).toBeUndefined();
  });

  it("begins the deadline anew for every group that has one", () => {
    const groups = {
      web: aDeploymentState({ requireProgressBy: NOW + 1 }),
      api: aDeploymentState({ progressDeadline: 0 }),
    };
    const state = { ...late, deployments: late.deployments.map((one) => ({ ...one, groups })) };
    const done = pause(state, event);
    expect(groupIn(done.state, "deploy-0", "web").requireProgressBy).toBe(NOW + 10 * MINUTE);
    expect(groupIn(done.state, "deploy-0", "api").requireProgressBy).toBeUndefined();
  });

  it("changes nothing when it is paused already", () => {
    const again = pause(paused, { ...event, now: NOW + MINUTE });
    expect(again.state).toBe(paused);
    expect(again.evaluate).toBeUndefined();
  });

  it("lets no deadline fail it, however long it lasts", () => {
    const end = NOW + 60 * MINUTE;
    expect(deploymentIn(tick(paused, { now: end }).state, "deploy-0").status).toBe("paused");
    expect(deploymentIn(tick(late, { now: end }).state, "deploy-0").status).toBe("failed");
  });

  it("holds the rollout back: nothing is replaced", () => {
    const update = { canary: 0, maxParallel: 2 };
    const rollout = canarying({
      update,
      group: { desiredCanaries: 0, placedCanaries: [] },
      state: { allocations: canarying().allocations.slice(0, 3) },
    });
    const replaced = (state = rollout) =>
      reconcile({ ...state, now: NOW, evaluationId: "eval-1" }).actions.filter(
        ({ kind }) => kind === "replace",
      );
    expect(replaced()).toHaveLength(2);
    expect(replaced(pause(rollout, { deploymentId: "deploy-1", now: NOW }).state)).toEqual([]);
  });
});

describe("resuming a deployment", () => {
  it("makes it run, and evaluates", () => {
    const done = resume(paused, { ...event, now: NOW + MINUTE });
    expect(deploymentIn(done.state, "deploy-0").status).toBe("running");
    expect(deploymentIn(done.state, "deploy-0").statusDescription).toMatch(/is running$/);
    expect(done.evaluate).toEqual({ because: "resumed" });
  });

  it("gives every group its whole progress deadline again", () => {
    const later = NOW + 60 * MINUTE;
    const done = resume(paused, { ...event, now: later });
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(later + 10 * MINUTE);
  });

  it("changes nothing when it runs already", () => {
    const done = resume(late, event);
    expect(done.state).toBe(late);
    expect(done.evaluate).toBeUndefined();
  });

  it("says again that it needs a promotion", () => {
    const state = pause(canarying(), { deploymentId: "deploy-1", now: NOW }).state;
    const done = resume(state, { deploymentId: "deploy-1", now: NOW });
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toContain("requires manual promotion");
  });
});
