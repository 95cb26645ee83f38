import { describe, expect, it } from "vitest";
import {
  type Action,
  applyPlan,
  type JobState,
  type PlacementOutcome,
  reconcile,
  updateNode,
} from "../../../src/index.js";
import { aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import {
  allocationIn,
  aPlace,
  aPlan,
  aState,
  aStop,
  groupIn,
  MINUTE,
  rolling,
  withImage,
} from "./a-state.js";

const noRoom = (n: number): PlacementOutcome => ({ placement: `web/${n}`, noRoom: true });
const found = (n: number): PlacementOutcome => ({
  placement: `web/${n}`,
  allocationId: `new-${n}`,
  nodeId: "node-7",
});

/** Its first reschedule is due. */
const events = [{ at: NOW - MINUTE, previousAllocationId: "older", previousNodeId: "node-5", delay: 30_000 }];
const failed = aState({
  versions: [aJob({ groups: [aGroup({ reschedule: { unlimited: true, delay: 30_000 } })] })],
  allocations: [
    anAllocation(0, { clientStatus: "failed", reschedule: { events, last: "ok" } }),
    anAllocation(1),
  ],
});
const reschedule: Action[] = [
  aStop("allocation-0", { reason: { code: "rescheduled" }, placement: "web/0" }),
  aPlace(0, {
    reason: { code: "rescheduled", delay: 60_000, attempt: 2 },
    previousAllocation: "allocation-0",
  }),
];

function apply(state: JobState, actions: readonly Action[], placements: readonly PlacementOutcome[]) {
  return applyPlan(state, { plan: aPlan(state, { actions }), placements, now: NOW });
}

describe("a placement that finds no room", () => {
  it("leaves what was to be replaced running", () => {
    const state = aState();
    const { kind: _, reason: __, ...placement } = aPlace(0, { jobVersion: 1 });
    const replace: Action = {
      ...placement,
      kind: "replace",
      allocationId: "allocation-0",
      reason: { code: "destructive_update", change: { path: "count" }, budget: 1, ordinal: 1 },
    };
    const done = apply(state, [replace], [noRoom(0)]);
    expect(done.state.allocations).toEqual(state.allocations);
  });

  it("keeps a failed one that was to be rescheduled, with its log, and notes that the try failed", () => {
    const done = apply(failed, reschedule, [noRoom(0)]);
    const kept = allocationIn(done.state, "allocation-0");
    expect(kept).toMatchObject({ desiredStatus: "run", clientStatus: "failed" });
    expect(kept.reschedule).toEqual({ events, last: "no_placement" });
    expect(kept.nextAllocation).toBeUndefined();
    expect(done.state.allocations).toHaveLength(2);
  });

  it("may be tried again, and the new one's try was well", () => {
    const once = apply(failed, reschedule, [noRoom(0)]).state;
    const done = apply(once, reschedule, [found(0)]);
    expect(allocationIn(done.state, "new-0").reschedule?.last).toBe("ok");
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      desiredStatus: "stop",
      nextAllocation: "new-0",
    });
  });

  it("is waited for by the job, and by how many by the deployment's group", () => {
    const state = rolling();
    const plan = aPlan(state, {
      madeFrom: { evaluationId: "eval-1", index: state.index, deploymentId: "deploy-0" },
      actions: [
        aPlace(3, { deploymentId: "deploy-0" }),
        aPlace(4, { deploymentId: "deploy-0" }),
        aPlace(5, { deploymentId: "deploy-0" }),
      ],
    });
    const done = applyPlan(state, { plan, placements: [noRoom(3), found(4), noRoom(5)], now: NOW });
    expect(done.state.waitsForRoom).toBe(true);
    expect(groupIn(done.state, "deploy-0")).toMatchObject({ noRoom: 2, placedAllocs: 4 });
  });

  it("is no longer waited for once a plan found room for everything", () => {
    const state = { ...rolling({ noRoom: 1 }), waitsForRoom: true } as const;
    const plan = aPlan(state, {
      madeFrom: { evaluationId: "eval-1", index: state.index, deploymentId: "deploy-0" },
      actions: [aPlace(3, { deploymentId: "deploy-0" })],
    });
    const done = applyPlan(state, { plan, placements: [found(3)], now: NOW });
    expect(done.state.waitsForRoom).toBeUndefined();
    expect(groupIn(done.state, "deploy-0").noRoom).toBeUndefined();
  });

  it("is tried again when a node has room, not for ever at once", () => {
    const state = aState({
      allocations: [anAllocation(0), anAllocation(1)],
      nodes: [{ id: "node-5", status: "down" }],
    });
    const planFor = (one: JobState) => reconcile({ ...one, now: NOW, evaluationId: "eval-1" });
    const short = applyPlan(state, { plan: planFor(state), placements: [noRoom(0)], now: NOW });
    expect(short.evaluate).toEqual({ because: "plan_applied" });
    const again = applyPlan(short.state, { plan: planFor(short.state), placements: [noRoom(0)], now: NOW });
    expect(again.state).toBe(short.state);
    expect(again.evaluate).toBeUndefined();
    const back = updateNode(again.state, { node: { id: "node-5", status: "ready" }, now: NOW });
    expect(back.evaluate).toEqual({ because: "node_update" });
  });

  it("keeps the whole old version running through a rolling update that has no room", () => {
    const update = { maxParallel: 2 };
    const state = aState({
      versions: [
        aJob({ stable: true, groups: [withImage("image:1", { update })] }),
        aJob({ version: 1, modifyIndex: 20, groups: [withImage("image:2", { update })] }),
      ],
    });
    const plan = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    const done = applyPlan(state, { plan, placements: [noRoom(0), noRoom(1)], now: NOW });
    expect(done.state.allocations).toEqual(state.allocations);
    expect(groupIn(done.state, "eval-1/deployment").noRoom).toBe(2);
  });
});
