import { describe, expect, it } from "vitest";
import {
  type Action,
  applyPlan,
  type CanaryAction,
  type RescheduleEvent,
  type ReschedulePolicy,
} from "../../../src/index.js";
import { aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlace, aPlan, aState, aStop, groupIn, MINUTE, rolling } from "./a-state.js";

const HOUR = 60 * MINUTE;

function event(at: number): RescheduleEvent {
  return { at, previousAllocationId: `before-${at}`, previousNodeId: "node-5", delay: 30_000 };
}

/** allocation-0 failed with that log, and is placed again now. */
function rescheduled(reschedule: ReschedulePolicy, log?: readonly RescheduleEvent[]) {
  const state = aState({
    versions: [aJob({ groups: [aGroup({ reschedule })] })],
    allocations: [
      anAllocation(0, {
        clientStatus: "failed",
        ...(log === undefined ? {} : { reschedule: { events: log } }),
      }),
    ],
  });
  const actions: Action[] = [
    aStop("allocation-0", { reason: { code: "rescheduled" }, placement: "web/0" }),
    aPlace(0, {
      reason: { code: "rescheduled", delay: 90_000, attempt: 2 },
      previousAllocation: "allocation-0",
    }),
  ];
  const placements = [{ placement: "web/0", allocationId: "new", nodeId: "node-7" }];
  return applyPlan(state, { plan: aPlan(state, { actions }), placements, now: NOW }).state;
}

const added = { at: NOW, previousAllocationId: "allocation-0", previousNodeId: "node-0", delay: 90_000 };

describe("a reschedule that finds room", () => {
  it("stops the failed one and chains the two", () => {
    const state = rescheduled({ unlimited: true });
    expect(allocationIn(state, "allocation-0")).toMatchObject({
      desiredStatus: "stop",
      stopReason: "rescheduled",
      clientStatus: "failed",
      nextAllocation: "new",
    });
    expect(allocationIn(state, "new")).toMatchObject({
      clientStatus: "pending",
      previousAllocation: "allocation-0",
    });
  });

  it("begins a log: when, for whom, from which node, after which delay", () => {
    expect(allocationIn(rescheduled({ unlimited: true }), "new").reschedule).toEqual({
      events: [added],
      last: "ok",
    });
  });

  it("without a limit carries the newest five over", () => {
    const log = [7, 6, 5, 4, 3, 2, 1].map((hours) => event(NOW - hours * HOUR));
    const state = rescheduled({ unlimited: true }, log);
    expect(allocationIn(state, "new").reschedule?.events).toEqual([...log.slice(2), added]);
  });

  it("without a limit does so although an interval is named", () => {
    const log = [event(NOW - 9 * HOUR), event(NOW - MINUTE)];
    const state = rescheduled({ unlimited: true, attempts: 3, interval: HOUR }, log);
    expect(allocationIn(state, "new").reschedule?.events).toEqual([...log, added]);
  });

  it("with attempts carries those within the interval over, however many", () => {
    const old = [event(NOW - 3 * HOUR), event(NOW - 2 * HOUR - 1)];
    const within = [7, 6, 5, 4, 3, 2, 1].map((minutes) => event(NOW - minutes * MINUTE));
    const state = rescheduled({ attempts: 9, interval: 2 * HOUR }, [...old, ...within]);
    expect(allocationIn(state, "new").reschedule?.events).toEqual([...within, added]);
  });

  it("leaves the old one's own log as it was", () => {
    const log = [event(NOW - HOUR)];
    const state = rescheduled({ unlimited: true }, log);
    expect(allocationIn(state, "allocation-0").reschedule?.events).toEqual(log);
  });

  it("of a canary is a canary of the same deployment, listed there", () => {
    const state = rolling({ desiredCanaries: 1, placedCanaries: ["allocation-0"] }, [
      { clientStatus: "failed", deploymentStatus: { canary: true, healthy: false } },
    ]);
    const { kind: _, ...place } = aPlace(0, { deploymentId: "deploy-0", previousAllocation: "allocation-0" });
    const canary: CanaryAction = {
      ...place,
      kind: "canary",
      reason: { code: "rescheduled", delay: 0, attempt: 1 },
    };
    const placements = [{ placement: "web/0", allocationId: "new", nodeId: "node-7" }];
    const done = applyPlan(state, { plan: aPlan(state, { actions: [canary] }), placements, now: NOW });
    expect(allocationIn(done.state, "new").deploymentStatus).toEqual({ canary: true });
    expect(groupIn(done.state, "deploy-0").placedCanaries).toEqual(["allocation-0", "new"]);
  });

  it("is the only placement that adds to the log: one of a lost allocation does not", () => {
    const state = aState({
      allocations: [anAllocation(0, { reschedule: { events: [event(NOW - HOUR)] } })],
    });
    const actions: Action[] = [
      aStop("allocation-0", { reason: { code: "lost" }, clientStatus: "lost", placement: "web/0" }),
      aPlace(0, { reason: { code: "lost" }, previousAllocation: "allocation-0" }),
    ];
    const placements = [{ placement: "web/0", allocationId: "new", nodeId: "node-7" }];
    const done = applyPlan(state, { plan: aPlan(state, { actions }), placements, now: NOW });
    const events = allocationIn(done.state, "new").reschedule?.events ?? [];
    expect(events.filter(({ at }) => at === NOW)).toEqual([]);
  });
});
