import { describe, expect, it } from "vitest";
import { type Action, applyPlan } from "../../../src/index.js";
import { anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlan, aState, MINUTE } from "./a-state.js";

/** What carrying out one action makes of the state. */
function carriedOut(action: Action, state = aState()) {
  return applyPlan(state, { plan: aPlan(state, { actions: [action] }), now: NOW }).state;
}

describe("nodes that go and come back", () => {
  it("a disconnect makes it unknown since now, and it waits for its follow-up", () => {
    const state = aState();
    const disconnect: Action = {
      kind: "disconnect",
      group: "web",
      allocationId: "allocation-0",
      reason: { code: "node_disconnected", lostAfter: MINUTE, replaced: "later" },
      followUpEvaluationId: "eval-2",
    };
    const followUps = [
      { id: "eval-2", group: "web", at: NOW + MINUTE, cause: "lost_after", allocations: ["allocation-0"] },
    ] as const;
    const done = applyPlan(state, { plan: aPlan(state, { actions: [disconnect], followUps }), now: NOW });
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      desiredStatus: "run",
      clientStatus: "unknown",
      clientStatusHistory: [{ status: "unknown", at: NOW }],
      followUpEvaluationId: "eval-2",
    });
    expect(done.state.followUps).toEqual(followUps);
  });

  it("a reconnect notes that it runs again, and its follow-up is over", () => {
    const history = [{ status: "unknown", at: NOW - 5 }] as const;
    const state = aState({
      allocations: [anAllocation(0, { clientStatusHistory: history, followUpEvaluationId: "eval-2" })],
      followUps: [
        { id: "eval-2", group: "web", at: NOW + MINUTE, cause: "lost_after", allocations: ["allocation-0"] },
      ],
    });
    const reconnect: Action = {
      kind: "reconnect",
      group: "web",
      allocationId: "allocation-0",
      reason: { code: "node_reconnected" },
    };
    const done = carriedOut(reconnect, state);
    expect(allocationIn(done, "allocation-0").clientStatusHistory).toEqual([
      ...history,
      { status: "running", at: NOW },
    ]);
    expect(allocationIn(done, "allocation-0").followUpEvaluationId).toBeUndefined();
    expect(done.followUps ?? []).toEqual([]);
  });

  it("one that is only to wait bears its follow-up's id", () => {
    const state = aState({ allocations: [anAllocation(0, { clientStatus: "failed" })] });
    const wait: Action = {
      kind: "ignore",
      group: "web",
      allocationId: "allocation-0",
      reason: { code: "waiting_for_reschedule", at: NOW + MINUTE },
      followUpEvaluationId: "eval-2",
    };
    expect(allocationIn(carriedOut(wait, state), "allocation-0")).toMatchObject({
      clientStatus: "failed",
      followUpEvaluationId: "eval-2",
    });
  });
});
