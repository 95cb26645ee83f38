import { describe, expect, it } from "vitest";
import { type FollowUp, tick } from "../../../src/index.js";
import { anAllocation, NOW } from "../a-job.js";
import { allocationIn, aState, rolling, running, SECOND } from "./a-state.js";

describe("follow-up evaluations", () => {
  const followUp = (id: string, at: number): FollowUp => ({
    id,
    group: "web",
    at,
    cause: "reschedule",
    allocations: ["allocation-0"],
  });
  const failed = [anAllocation(0, { clientStatus: "failed", followUpEvaluationId: "first" })];

  it("are asked for by their ids when they are due, and taken off the list", () => {
    const state = aState({ allocations: failed, followUps: [followUp("first", NOW + 5)] });
    expect(tick(state, { now: NOW + 4 }).state).toBe(state);
    const done = tick(state, { now: NOW + 5 });
    expect(done.evaluate).toEqual({ because: "follow_up", evaluationId: "first" });
    expect(done.state.followUps).toEqual([]);
    expect(done.nextTickAt).toBeUndefined();
  });

  it("are asked for one by one, the earliest first, without a wait between", () => {
    const state = aState({
      followUps: [followUp("a-second", NOW + 7), followUp("z-first", NOW + 5), followUp("third", NOW + 99)],
    });
    const first = tick(state, { now: NOW + 10 });
    expect(first.evaluate?.evaluationId).toBe("z-first");
    expect(first.nextTickAt).toBe(NOW + 10);
    const second = tick(first.state, { now: NOW + 10 });
    expect(second.evaluate?.evaluationId).toBe("a-second");
    expect(second.nextTickAt).toBe(NOW + 99);
  });

  it("are asked for besides what else the time did", () => {
    const state = {
      ...rolling({}, [{ createdAt: NOW, taskStates: { main: running(NOW) } }]),
      followUps: [followUp("first", NOW + 10 * SECOND)],
    };
    const done = tick(state, { now: NOW + 10 * SECOND });
    expect(done.evaluate).toEqual({ because: "follow_up", evaluationId: "first" });
    expect(allocationIn(done.state, "allocation-0").deploymentStatus?.healthy).toBe(true);
  });

  it("are not needed for a plan's own time to wake up, which is asked for once", () => {
    const done = tick(aState({ wakeAt: NOW }), { now: NOW });
    expect(done.evaluate).toEqual({ because: "wake_up" });
    expect(tick(done.state, { now: NOW }).changed).toBe(false);
  });
});
