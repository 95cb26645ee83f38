import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type DeploymentState,
  type JobState,
  nextTick,
  reportHealth,
  tick,
} from "../../../src/index.js";
import { aDeploymentState, anAllocation, NOW } from "../a-job.js";
import { allocationIn, type Canarying, canarying, deploymentIn, groupIn, MINUTE } from "./a-state.js";

function automatic({ group, ...options }: Canarying = {}): JobState {
  return canarying({
    update: { autoPromote: true, healthCheck: "manual" },
    group: { autoPromote: true, ...group },
    ...options,
  });
}

function isPromoted(state: JobState): boolean {
  return groupIn(tick(state, { now: NOW }).state, "deploy-1").promoted;
}

/** Besides `web` there is `api`, which wants one canary too. */
function withApi(group: Partial<DeploymentState>, canary: Partial<Allocation> = {}): JobState {
  const state = automatic();
  const api = aDeploymentState({
    desiredCanaries: 1,
    placedCanaries: ["api-0"],
    autoPromote: true,
    ...group,
  });
  const deployments = state.deployments.map((one) =>
    one.id === "deploy-1" ? { ...one, groups: { ...one.groups, api } } : one,
  );
  const placed = anAllocation(0, {
    id: "api-0",
    name: "shop.api[0]",
    group: "api",
    jobVersion: 1,
    deploymentId: "deploy-1",
    deploymentStatus: { canary: true, healthy: true },
    ...canary,
  });
  return { ...state, deployments, allocations: [...state.allocations, placed] };
}

describe("a deployment promotes itself", () => {
  it("when every canary is healthy, as a person would, and evaluates", () => {
    const done = tick(automatic(), { now: NOW });
    expect(groupIn(done.state, "deploy-1")).toMatchObject({
      promoted: true,
      requireProgressBy: NOW + 10 * MINUTE,
    });
    expect(allocationIn(done.state, "canary-0").deploymentStatus?.canary ?? false).toBe(false);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toMatch(/is running$/);
    expect(done.evaluate).toEqual({ because: "promoted" });
  });

  it("at a tick that is due at once when the last canary becomes healthy", () => {
    const pending = automatic({ canary: { deploymentStatus: { canary: true } } });
    expect(nextTick(pending, NOW)).toBe(NOW + MINUTE);
    const { state } = reportHealth(pending, { deploymentId: "deploy-1", healthy: ["canary-0"], now: NOW });
    expect(nextTick(state, NOW)).toBe(NOW);
  });

  it("once: the next tick finds nothing to promote", () => {
    const once = tick(automatic(), { now: NOW }).state;
    const again = tick(once, { now: NOW + 1 });
    expect(again.state).toBe(once);
    expect(again.evaluate).toBeUndefined();
  });

  it("although a canary died that was replaced", () => {
    const state = automatic({ group: { placedCanaries: ["canary-dead", "canary-0"] } });
    const dead = anAllocation(0, {
      id: "canary-dead",
      jobVersion: 1,
      deploymentId: "deploy-1",
      desiredStatus: "stop",
      clientStatus: "failed",
      deploymentStatus: { canary: true, healthy: false },
      nextAllocation: "canary-0",
    });
    expect(isPromoted({ ...state, allocations: [...state.allocations, dead] })).toBe(true);
  });

  it("in all of its groups together; one without canaries neither waits nor is marked", () => {
    const { state } = tick(withApi({}), { now: NOW });
    expect([groupIn(state, "deploy-1").promoted, groupIn(state, "deploy-1", "api").promoted]).toEqual([
      true,
      true,
    ]);
    const plain = tick(withApi({ desiredCanaries: 0, placedCanaries: [], autoPromote: false }), {
      now: NOW,
    }).state;
    expect([groupIn(plain, "deploy-1").promoted, groupIn(plain, "deploy-1", "api").promoted]).toEqual([
      true,
      false,
    ]);
  });
});

describe("a deployment does not promote itself", () => {
  it.each<[string, JobState]>([
    ["without autoPromote", automatic({ group: { autoPromote: false } })],
    ["while a canary is undecided", automatic({ canary: { deploymentStatus: { canary: true } } })],
    [
      "while a canary is unhealthy",
      automatic({ canary: { deploymentStatus: { canary: true, healthy: false } } }),
    ],
    ["when a healthy canary has stopped", automatic({ canary: { desiredStatus: "stop" } })],
    ["before all canaries are placed", automatic({ group: { desiredCanaries: 2 } })],
    ["before any canary is placed", automatic({ group: { placedCanaries: [] } })],
    ["while it is paused", automatic({ deployment: { status: "paused" } })],
    ["when another group is promoted by hand", withApi({ autoPromote: false })],
    ["when another group's canary is not healthy", withApi({}, { deploymentStatus: { canary: true } })],
  ])("%s", (_, state) => expect(isPromoted(state)).toBe(false));
});
