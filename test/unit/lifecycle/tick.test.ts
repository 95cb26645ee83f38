import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type FollowUp,
  type JobState,
  stopJob,
  type Transition,
  tick,
} from "../../../src/index.js";
import { NOW } from "../a-job.js";
import { allocationIn, aState, deploymentIn, groupIn, MINUTE, rolling, running, SECOND } from "./a-state.js";

const young = { createdAt: NOW - MINUTE } as const;
const starting: Partial<Allocation> = { ...young, taskStates: { main: running(NOW) } };

/** Ticks from one `nextTickAt` to the next, and checks on the way that nothing happens between them. */
function ticksUntil(end: number, start: JobState): { state: JobState; ticks: Transition[] } {
  const ticks: Transition[] = [];
  let now = NOW;
  let state = start;
  for (let steps = 0; steps < 20; steps++) {
    const done = tick(state, { now });
    ticks.push(done);
    state = done.state;
    const next = done.nextTickAt;
    if (next === undefined || next > end) break;
    expect(next).toBeGreaterThan(now);
    expect(tick(state, { now: next - 1 })).toMatchObject({ changed: false, nextTickAt: next });
    now = next;
  }
  return { state, ticks };
}

describe("health by time", () => {
  it("is decided as soon as the time has come, not before", () => {
    const state = rolling({}, [starting, { ...young }, { ...young }]);
    const before = tick(state, { now: NOW + 10 * SECOND - 1 }).state;
    expect(allocationIn(before, "allocation-0").deploymentStatus).toBeUndefined();
    const done = tick(state, { now: NOW + 10 * SECOND });
    expect(allocationIn(done.state, "allocation-0").deploymentStatus).toEqual({
      healthy: true,
      timestamp: NOW + 10 * SECOND,
    });
    expect(groupIn(done.state, "deploy-0").healthyAllocs).toBe(1);
    expect(done.evaluate).toEqual({ because: "health_decided" });
  });

  it("makes one that hangs unhealthy at its deadline; with an attempt left it may be rescheduled", () => {
    const policy = { reschedule: { unlimited: true, delay: MINUTE } };
    const state = rolling({}, [young, young, young], policy);
    const done = tick(state, { now: NOW + 4 * MINUTE });
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      deploymentStatus: { healthy: false },
      desiredTransition: { reschedule: true },
    });
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ healthyAllocs: 0, unhealthyAllocs: 3 });
    expect(deploymentIn(done.state, "deploy-0").status).toBe("running");
  });

  it("fails the deployment at once when one that hangs has no attempt left", () => {
    const done = tick(rolling({}, [young]), { now: NOW + 4 * MINUTE });
    expect(deploymentIn(done.state, "deploy-0")).toMatchObject({
      status: "failed",
      statusDescription: expect.stringContaining("unhealthy allocations"),
    });
  });

  it("is decided once: what was healthy stays so while it does not fail", () => {
    const healthy = {
      deploymentStatus: { healthy: true, timestamp: NOW },
      taskStates: { main: running(NOW) },
    };
    const state = rolling({ healthyAllocs: 1, requireProgressBy: NOW + 60 * MINUTE }, [healthy]);
    expect(tick(state, { now: NOW + 30 * MINUTE }).state).toBe(state);
  });

  it("is not judged outside the current deployment", () => {
    const state = rolling({ requireProgressBy: NOW + MINUTE }, [
      { deploymentId: "older", taskStates: { main: running(1) } },
    ]);
    expect(tick(state, { now: NOW }).state).toBe(state);
  });

  it("is not judged when the job is stopped", () => {
    const stopped = stopJob(rolling({}, [starting]), { now: NOW }).state;
    expect(tick(stopped, { now: NOW + MINUTE }).state).toBe(stopped);
  });
});

describe("the time to tick next", () => {
  const followUp: FollowUp = {
    id: "eval-9",
    group: "web",
    at: NOW + 30 * SECOND,
    cause: "reschedule",
    allocations: ["allocation-0"],
  };

  it.each<[string, JobState, number | undefined]>([
    ["never, when nothing is under way", aState(), undefined],
    ["when one may be healthy", rolling({ requireProgressBy: NOW + MINUTE }, [starting]), NOW + 10 * SECOND],
    ["when one must be healthy", rolling({ requireProgressBy: NOW + 9 * MINUTE }, [young]), NOW + 4 * MINUTE],
    [
      "when a group must have progressed",
      rolling({ requireProgressBy: NOW + MINUTE }, [young]),
      NOW + MINUTE,
    ],
    ["when a follow-up evaluation is due", aState({ followUps: [followUp] }), NOW + 30 * SECOND],
    ["when the last plan's answer changes", aState({ wakeAt: NOW + 7 * SECOND }), NOW + 7 * SECOND],
    ["the earliest of them", aState({ followUps: [followUp], wakeAt: NOW + 31 * SECOND }), NOW + 30 * SECOND],
  ])("is %s", (_, state, at) => expect(tick(state, { now: NOW }).nextTickAt).toBe(at));

  it("is no progress deadline while the deployment is paused", () => {
    const state = rolling({ requireProgressBy: NOW + MINUTE }, [young]);
    const deployments = state.deployments.map((one) => ({ ...one, status: "paused" as const }));
    expect(tick({ ...state, deployments }, { now: NOW }).nextTickAt).toBe(NOW + 4 * MINUTE);
  });

  it("leads through a life without missing anything or asking in vain", () => {
    const start = rolling({ requireProgressBy: NOW + 6 * MINUTE }, [starting, young, young], {
      reschedule: { unlimited: true, delay: MINUTE },
    });
    const { state, ticks } = ticksUntil(NOW + 60 * MINUTE, start);
    expect(ticks.map(({ evaluate }) => evaluate?.because)).toEqual([
      undefined,
      "health_decided",
      "health_decided",
      "deployment_failed",
    ]);
    expect(ticks[2]?.nextTickAt).toBe(NOW + 10 * SECOND + 10 * MINUTE);
    expect(deploymentIn(state, "deploy-0").status).toBe("failed");
  });
});
