import { describe, expect, it } from "vitest";
import { type Action, applyPlan, reconcile } from "../../../src/index.js";
import { anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlace, aPlan, aState, aStop } from "./a-state.js";

const place = (n: number) => ({ placement: `web/${n}`, allocationId: `new-${n}`, nodeId: "node-7" });

/** What carrying out one action makes of the state. */
function carriedOut(action: Action, state = aState()) {
  return applyPlan(state, { plan: aPlan(state, { actions: [action] }), now: NOW }).state;
}

describe("a placement", () => {
  it("is a new allocation that is to run and has not begun", () => {
    const state = aState();
    const plan = aPlan(state, { actions: [aPlace(3, { deploymentId: "deploy-9" })] });
    const done = applyPlan(state, { plan, placements: [{ ...place(3), score: 0.5 }], now: NOW });
    expect(allocationIn(done.state, "new-3")).toEqual({
      id: "new-3",
      name: "shop.web[3]",
      jobVersion: 0,
      jobCreateIndex: 5,
      group: "web",
      nodeId: "node-7",
      desiredStatus: "run",
      clientStatus: "pending",
      deploymentId: "deploy-9",
      score: 0.5,
      createdAt: NOW,
      modifiedAt: NOW,
    });
  });

  it("is chained to the one that it takes over from, in both directions", () => {
    const state = aState();
    const plan = aPlan(state, {
      actions: [
        aStop("allocation-0", { reason: { code: "lost" }, clientStatus: "lost" }),
        aPlace(0, { reason: { code: "lost" }, previousAllocation: "allocation-0" }),
      ],
    });
    const done = applyPlan(state, { plan, placements: [place(0)], now: NOW });
    expect(allocationIn(done.state, "new-0").previousAllocation).toBe("allocation-0");
    expect(allocationIn(done.state, "allocation-0").nextAllocation).toBe("new-0");
    expect(allocationIn(done.state, "new-0").reschedule).toBeUndefined();
  });
});

describe("a stop", () => {
  it("is wanted by the server from now on, with its reason; what the client says stays", () => {
    expect(allocationIn(carriedOut(aStop("allocation-1")), "allocation-1")).toMatchObject({
      desiredStatus: "stop",
      stopReason: "surplus",
      clientStatus: "running",
      modifiedAt: NOW,
    });
  });

  it("of a lost one makes it lost, and its history says since when", () => {
    const state = aState({
      allocations: [
        anAllocation(0, {
          clientStatus: "unknown",
          clientStatusHistory: [{ status: "unknown", at: NOW - 5 }],
        }),
      ],
    });
    const stop = aStop("allocation-0", { reason: { code: "lost" }, clientStatus: "lost" });
    expect(allocationIn(carriedOut(stop, state), "allocation-0")).toMatchObject({
      desiredStatus: "stop",
      stopReason: "lost",
      clientStatus: "lost",
      clientStatusHistory: [
        { status: "unknown", at: NOW - 5 },
        { status: "lost", at: NOW },
      ],
    });
  });

  it("of one that was stopped before and whose node went down notes the loss without history", () => {
    const state = aState({ allocations: [anAllocation(0, { desiredStatus: "stop" })] });
    const ignore: Action = {
      kind: "ignore",
      group: "web",
      allocationId: "allocation-0",
      reason: { code: "lost_and_stopped", besides: "history" },
      clientStatus: "lost",
    };
    const lost = allocationIn(carriedOut(ignore, state), "allocation-0");
    expect(lost.clientStatus).toBe("lost");
    expect(lost.clientStatusHistory).toBeUndefined();
  });
});

describe("a destructive replacement", () => {
  it("stops the old one and places the new one in one step", () => {
    const state = aState();
    const { kind: _, reason: __, ...placement } = aPlace(0, { jobVersion: 1 });
    const replace: Action = {
      ...placement,
      kind: "replace",
      allocationId: "allocation-0",
      reason: {
        code: "destructive_update",
        change: { path: "tasks.main.config.image" },
        budget: 1,
        ordinal: 1,
      },
    };
    const done = applyPlan(state, {
      plan: aPlan(state, { actions: [replace] }),
      placements: [place(0)],
      now: NOW,
    });
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      desiredStatus: "stop",
      stopReason: "destructive_update",
      nextAllocation: "new-0",
    });
    expect(allocationIn(done.state, "new-0")).toMatchObject({
      jobVersion: 1,
      previousAllocation: "allocation-0",
    });
  });
});

describe("after a plan", () => {
  it("that changed anything another evaluation is due, until one is empty", () => {
    const state = aState({ allocations: [anAllocation(0), anAllocation(1)] });
    const first = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    const done = applyPlan(state, {
      plan: first,
      placements: [{ ...place(2), placement: "web/0" }],
      now: NOW,
    });
    expect(done.evaluate).toEqual({ because: "plan_applied" });
    const second = reconcile({ ...done.state, now: NOW, evaluationId: "eval-2" });
    const rest = applyPlan(done.state, { plan: second, now: NOW });
    expect(rest.state).toBe(done.state);
    expect(rest).toMatchObject({ changed: false });
    expect(rest.evaluate).toBeUndefined();
  });
});
