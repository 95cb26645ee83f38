import { describe, expect, it } from "vitest";
import { drainable, type JobState, migrate, reconcile, stopAllocation } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aState, canarying, MINUTE, running, SECOND } from "./a-state.js";

const batch = aState({ versions: [aJob({ type: "batch" })] });

describe("stopping one allocation", () => {
  it("asks for it to move, and evaluates", () => {
    const done = stopAllocation(aState(), { allocationId: "allocation-1", now: NOW });
    expect(allocationIn(done.state, "allocation-1")).toMatchObject({
      desiredStatus: "run",
      desiredTransition: { migrate: true },
      modifiedAt: NOW,
    });
    expect(done).toMatchObject({ changed: true, evaluate: { because: "allocation_stopped" } });
  });

  it("again changes nothing", () => {
    const once = stopAllocation(aState(), { allocationId: "allocation-1", now: NOW }).state;
    expect(stopAllocation(once, { allocationId: "allocation-1", now: NOW + 1 }).state).toBe(once);
  });

  it("gets another one in its role: a canary for a canary", () => {
    const { state } = stopAllocation(canarying(), { allocationId: "canary-0", now: NOW });
    const { actions } = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    expect(actions.filter(({ kind }) => kind !== "ignore")).toMatchObject([
      { kind: "stop", allocationId: "canary-0" },
      { kind: "canary", jobVersion: 1, deploymentId: "deploy-1" },
    ]);
  });

  it("gets another one in its role: the proven version for a proven one", () => {
    const { state } = stopAllocation(canarying(), { allocationId: "allocation-1", now: NOW });
    const { actions } = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    expect(actions.filter(({ kind }) => kind !== "ignore")).toMatchObject([
      { kind: "stop", allocationId: "allocation-1" },
      { kind: "place", name: "shop.web[1]", jobVersion: 0, previousAllocation: "allocation-1" },
    ]);
  });
});

describe("migrating allocations", () => {
  it("asks for each of them to move, and evaluates", () => {
    const done = migrate(aState(), { allocationIds: ["allocation-2", "allocation-0"], now: NOW });
    expect(done.state.allocations.map((one) => one.desiredTransition)).toEqual([
      { migrate: true },
      undefined,
      { migrate: true },
    ]);
    expect(done.evaluate).toEqual({ because: "migration" });
  });

  it.each([
    ["run_again", { migrate: true, reschedule: true }],
    ["not_again", { migrate: true, disableMigrationPlacement: true }],
  ] as const)("of a batch job says what becomes of them: %s", (how, transition) => {
    const done = migrate(batch, { allocationIds: ["allocation-0"], batch: how, now: NOW });
    expect(allocationIn(done.state, "allocation-0").desiredTransition).toEqual(transition);
  });

  it("of a service does not ask what only batch jobs know", () => {
    const done = migrate(aState(), { allocationIds: ["allocation-0"], batch: "not_again", now: NOW });
    expect(allocationIn(done.state, "allocation-0").desiredTransition).toEqual({ migrate: true });
  });

  it("is done for all or for none", () => {
    const state = aState({ allocations: [anAllocation(0), anAllocation(1, { desiredStatus: "stop" })] });
    expect(() => migrate(state, { allocationIds: ["allocation-0", "allocation-1"], now: NOW })).toThrow(
      expect.objectContaining({ code: "allocation_terminal" }),
    );
    expect(allocationIn(state, "allocation-0").desiredTransition).toBeUndefined();
  });
});

describe("what may be drained", () => {
  const nodes = [0, 1, 2].map((n) => ({ id: `node-${n}`, status: "ready", draining: true }) as const);
  const ask = (state: JobState, on: Parameters<typeof drainable>[1] = nodes) =>
    drainable(state, on, { now: NOW });

  function withMigrate(maxParallel: number): JobState {
    return aState({ versions: [aJob({ groups: [aGroup({ migrate: { maxParallel } })] })] });
  }

  it("is one of a group at a time, the lowest name index first", () => {
    const state = aState();
    expect(ask({ ...state, allocations: state.allocations.toReversed() })).toEqual(["allocation-0"]);
  });

  it("is as many as the group's migrate block says", () => {
    expect(ask(withMigrate(2))).toEqual(["allocation-0", "allocation-1"]);
  });

  it("is only what is on a draining node, although health counts over all nodes", () => {
    expect(ask(withMigrate(3), nodes.slice(2))).toEqual(["allocation-2"]);
    expect(ask(aState(), [{ id: "node-0", status: "ready" }])).toEqual([]);
  });

  it("is nothing more while one is on its way", () => {
    const moving = migrate(aState(), { allocationIds: ["allocation-0"], now: NOW }).state;
    expect(ask(moving)).toEqual([]);
  });

  it("is nothing while one is not healthy: just started, or not running", () => {
    const young = { taskStates: { main: running(NOW - 10 * SECOND + 1) } };
    for (const more of [young, { clientStatus: "pending" } as const]) {
      expect(ask(aState({ allocations: [anAllocation(0), anAllocation(1), anAllocation(2, more)] }))).toEqual(
        [],
      );
    }
    const old = { taskStates: { main: running(NOW - 10 * SECOND) } };
    expect(
      ask(aState({ allocations: [anAllocation(0), anAllocation(1), anAllocation(2, old)] })),
    ).toHaveLength(1);
  });

  it("asks the deployment for the health while one is active", () => {
    const state = aState({ deployments: [aDeployment()] });
    expect(ask(state)).toEqual([]);
    const deploymentStatus = { healthy: true };
    const decided = state.allocations.map((one) => ({ ...one, deploymentStatus }));
    expect(ask({ ...state, allocations: decided })).toEqual(["allocation-0"]);
  });

  it("does not count canaries as healthy ones to spare", () => {
    const state = canarying();
    const [first, ...others] = state.allocations;
    const one = { ...anAllocation(0), ...first, deploymentStatus: { healthy: false } };
    expect(ask({ ...state, allocations: [one, ...others] })).toEqual([]);
  });

  it("waits for the drain's deadline in a batch job, when everything may move at once", () => {
    const until = (drainDeadline: number) => nodes.map((node) => ({ ...node, drainDeadline }));
    expect(ask(batch, until(NOW + MINUTE))).toEqual([]);
    expect(ask(batch, until(NOW))).toEqual(["allocation-0", "allocation-1", "allocation-2"]);
    expect(ask(aState(), until(NOW))).toEqual(["allocation-0", "allocation-1", "allocation-2"]);
  });

  it("becomes a migrate event", () => {
    const state = aState();
    const done = migrate(state, { allocationIds: ask(state), now: NOW });
    expect(allocationIn(done.state, "allocation-0").desiredTransition).toEqual({ migrate: true });
  });
});
