import { describe, expect, it } from "vitest";
import { type Allocation, tick, updateClients } from "../../../src/index.js";
import { hasAttemptLeft } from "../../../src/lifecycle/rules/attempt-left.js";
import { decideHealth } from "../../../src/lifecycle/rules/health-decision.js";
import { aGroup, anAllocation, NOW } from "../a-job.js";
import { allocationIn, deploymentIn, MINUTE, rolling } from "./a-state.js";

const unlimited = { delay: 1_000, delayFunction: "constant", unlimited: true } as const;
const limited = { delay: 1_000, delayFunction: "constant", attempts: 1, interval: 10 * MINUTE } as const;

describe("what is noted of one of an active deployment", () => {
  const healthy: Partial<Allocation> = { deploymentStatus: { healthy: true } };
  const failed: Partial<Allocation> = { ...healthy, clientStatus: "failed" };

  it.each<[string, Partial<Allocation>, object, boolean, object]>([
    ["it runs", healthy, unlimited, true, { kind: "nothing" }],
    ["it failed and may be tried again", failed, unlimited, true, { kind: "may_be_rescheduled" }],
    ["it failed for good", failed, { ...limited, attempts: 0 }, true, { kind: "decided", healthy: false }],
    [
      "it failed for good, and its group is no part of it",
      failed,
      { ...limited, attempts: 0 },
      false,
      { kind: "nothing" },
    ],
    [
      "it failed and is to be tried again",
      { ...failed, desiredTransition: { reschedule: true } },
      unlimited,
      true,
      { kind: "nothing" },
    ],
    ["it failed and was replaced", { ...failed, nextAllocation: "b" }, unlimited, true, { kind: "nothing" }],
    ["it failed and is stopped", { ...failed, desiredStatus: "stop" }, unlimited, true, { kind: "nothing" }],
    [
      "it is unhealthy and failed",
      { ...failed, deploymentStatus: { healthy: false } },
      unlimited,
      true,
      { kind: "nothing" },
    ],
  ])("%s", (_, more, reschedule, isRolledOut, expected) => {
    const group = aGroup({ reschedule: reschedule as typeof unlimited });
    expect(decideHealth(anAllocation(0, more), group, isRolledOut, NOW)).toEqual(expected);
  });

  it("an attempt is left as of when it failed; one that has not failed would fail now", () => {
    const group = aGroup({ reschedule: limited });
    const record = {
      events: [{ at: NOW - 15 * MINUTE, previousAllocationId: "z", previousNodeId: "n", delay: 1 }],
      last: "ok",
    } as const;
    const failedThen = anAllocation(0, {
      reschedule: record,
      clientStatus: "failed",
      modifiedAt: NOW - 10 * MINUTE,
    });
    expect(hasAttemptLeft(failedThen, group, NOW)).toBe(false);
    expect(hasAttemptLeft({ ...failedThen, clientStatus: "running" }, group, NOW)).toBe(true);
    expect(hasAttemptLeft(failedThen, undefined, NOW)).toBe(false);
  });

  it("one that may be tried again is noted once, and keeps its other wishes", () => {
    const state = rolling({}, [{ ...healthy, desiredTransition: { migrate: true } }], {
      reschedule: unlimited,
    });
    const updates = [{ allocationId: "allocation-0", clientStatus: "failed" }] as const;
    const once = updateClients(state, { updates, now: NOW });
    expect(allocationIn(once.state, "allocation-0").desiredTransition).toEqual({
      migrate: true,
      reschedule: true,
    });
    expect(once.evaluate).toEqual({ because: "health_decided" });
    const twice = updateClients(once.state, { updates, now: NOW + 1 });
    expect(twice.changed).toBe(false);
  });

  it("an unhealthy one with a further attempt waits, where a deadline would end the deployment, and else ends it", () => {
    const started = [{}, {}, {}];
    const state = (progressDeadline: number, autoRevert = false) =>
      rolling({ progressDeadline, autoRevert }, started, { reschedule: unlimited });
    const updates = [{ allocationId: "allocation-0", clientStatus: "failed" }] as const;
    const waits = updateClients(state(600_000), { updates, now: NOW });
    expect(deploymentIn(waits.state, "deploy-0").status).toBe("running");
    expect(allocationIn(waits.state, "allocation-0")).toMatchObject({
      deploymentStatus: { healthy: false },
      desiredTransition: { reschedule: true },
    });
    const ends = updateClients(state(0), { updates, now: NOW });
    expect(deploymentIn(ends.state, "deploy-0").status).toBe("failed");
    expect(ends).not.toHaveProperty("rollback");
    expect(updateClients(state(0, true), { updates, now: NOW }).rollback).toEqual({
      kind: "no_stable_version",
    });
  });

  it("a tick ends a deployment by health before it looks at deadlines", () => {
    const dead = { deploymentId: "deploy-0", clientStatus: "failed" } as const;
    const state = rolling({ requireProgressBy: NOW, progressDeadline: 1_000 }, [dead, {}, {}]);
    const done = tick(state, { now: NOW });
    expect(deploymentIn(done.state, "deploy-0").statusDescription).toBe(
      "Failed due to unhealthy allocations",
    );
    expect(done.evaluate).toEqual({ because: "deployment_failed" });
  });
});
