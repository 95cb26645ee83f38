import { describe, expect, it } from "vitest";
import {
  type Action,
  type Allocation,
  applyPlan,
  type JobState,
  type PlacementOutcome,
  type Plan,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlace, aPlan, aState, deploymentIn, groupIn, MINUTE } from "./a-state.js";

const id = "allocation-0";

function applied(
  state: JobState,
  actions: readonly Action[],
  placements: readonly PlacementOutcome[] = [],
  more: Partial<Plan> = {},
) {
  return applyPlan(state, { plan: aPlan(state, { actions, ...more }), placements, now: NOW });
}

function having(more: Partial<Allocation>, of: Partial<JobState> = {}): JobState {
  return aState({ allocations: [anAllocation(0, more), anAllocation(1), anAllocation(2)], ...of });
}

const made = { placement: "web/0", allocationId: "new", nodeId: "node-1" };

describe("the log of an allocation that is rescheduled", () => {
  const events = [9, 8, 7, 6, 5, 4, 3].map((minutes) => ({
    at: NOW - minutes * MINUTE,
    previousAllocationId: `before-${minutes}`,
    previousNodeId: "node-9",
    delay: 1,
  }));
  const reason = { code: "rescheduled", delay: 30, attempt: 8 } as const;

  function logOf(reschedule: object | undefined): number[] {
    const groups = aJob().groups.map((group) => ({ ...group, ...(reschedule && { reschedule }) }));
    const versions = [aJob({ groups: groups as never })];
    const state = having({ clientStatus: "failed", reschedule: { events, last: "ok" } }, { versions });
    const next = applied(state, [aPlace(0, { previousAllocation: id, reason })], [made]).state;
    const record = allocationIn(next, "new").reschedule;
    expect(record?.events.at(-1)).toEqual({
      at: NOW,
      previousAllocationId: id,
      previousNodeId: "node-0",
      delay: 30,
    });
    return (record?.events ?? []).slice(0, -1).map(({ at }) => (NOW - at) / MINUTE);
  }

  it("is carried over: of limited attempts those within the interval, else the newest five", () => {
    const limited = { delay: 1, delayFunction: "constant", attempts: 9 };
    expect(logOf({ ...limited, interval: 6 * MINUTE })).toEqual([5, 4, 3]);
    expect(logOf({ ...limited, interval: 6 * MINUTE, unlimited: true })).toEqual([7, 6, 5, 4, 3]);
    expect(logOf(limited)).toEqual([7, 6, 5, 4, 3]);
    expect(logOf(undefined)).toEqual([7, 6, 5, 4, 3]);
  });

  it("is not carried over by what is lost or migrates", () => {
    const state = having({ reschedule: { events, last: "ok" } });
    const next = applied(
      state,
      [aPlace(0, { previousAllocation: id, reason: { code: "lost" } })],
      [made],
    ).state;
    expect(allocationIn(next, "new")).not.toHaveProperty("reschedule");
    expect(allocationIn(next, "new")).not.toHaveProperty("deploymentId");
    expect(allocationIn(next, "new")).not.toHaveProperty("score");
  });

  it("a canary is one only in a deployment", () => {
    const canary = {
      ...aPlace(0),
      kind: "canary",
      reason: { code: "canary_wanted", have: 0, need: 1 },
    } as const;
    const state = aState({ deployments: [aDeployment()] });
    const alone = applied(state, [canary], [made]).state;
    expect(allocationIn(alone, "new")).not.toHaveProperty("deploymentStatus");
    const joined = applied(state, [{ ...canary, deploymentId: "deploy-0" }], [made]).state;
    expect(allocationIn(joined, "new").deploymentStatus).toEqual({ canary: true });
    expect(groupIn(joined, "deploy-0").placedCanaries).toEqual(["new"]);
    const placed = applied(state, [aPlace(0, { deploymentId: "deploy-0" })], [made]).state;
    expect(groupIn(placed, "deploy-0")).toMatchObject({ placedAllocs: 1, placedCanaries: [] });
    expect(allocationIn(placed, "new")).not.toHaveProperty("deploymentStatus");
  });
});

describe("a plan's deployment", () => {
  function withPlanned(state: JobState, group: object, more: object = {}): JobState {
    const { id: deploymentId, jobId, jobVersion, jobCreateIndex, jobModifyIndex, status } = aDeployment(more);
    const planned = { id: deploymentId, jobId, jobVersion, jobCreateIndex, jobModifyIndex, status };
    const deployment = { ...planned, kind: "changed", groups: { web: aDeploymentState(group) } } as const;
    return applied(state, [], [], { deployment }).state;
  }

  it("says what people read, as long as it runs", () => {
    const asked = { desiredCanaries: 1 };
    const runs = withPlanned(aState({ deployments: [aDeployment()] }), asked);
    expect(deploymentIn(runs, "deploy-0").statusDescription).toMatch(/requires manual promotion/);
    const paused = aDeployment({ status: "paused", statusDescription: "as it was" });
    expect(
      deploymentIn(withPlanned(aState({ deployments: [paused] }), asked), "deploy-0").statusDescription,
    ).toBe("as it was");
  });

  it("never undoes a promotion, and never makes one up", () => {
    const promoted = aDeployment({ groups: { web: aDeploymentState({ promoted: true }) } });
    expect(
      groupIn(withPlanned(aState({ deployments: [promoted] }), { desiredTotal: 9 }), "deploy-0"),
    ).toMatchObject({
      promoted: true,
      desiredTotal: 9,
    });
    const not = withPlanned(aState({ deployments: [aDeployment()] }), { desiredTotal: 9 });
    expect(groupIn(not, "deploy-0").promoted).toBe(false);
  });

  it("begins a deadline only for a group that has one", () => {
    const timed = withPlanned(aState(), { progressDeadline: 1_000 });
    expect(groupIn(timed, "deploy-0").requireProgressBy).toBe(NOW + 1_000);
    expect(groupIn(withPlanned(aState(), { progressDeadline: 0 }), "deploy-0")).not.toHaveProperty(
      "requireProgressBy",
    );
  });

  it("that succeeds proves its own version, of its own registration", () => {
    const versions = [
      aJob({ createIndex: 2, modifyIndex: 3 }),
      aJob(),
      aJob({ version: 1, modifyIndex: 20 }),
    ];
    const state = aState({ versions, deployments: [aDeployment()] });
    const updates = [{ deploymentId: "deploy-0", status: "successful", description: "successful" }] as const;
    const done = applied(state, [], [], { deploymentUpdates: updates }).state;
    expect(done.versions.filter(({ stable }) => stable === true)).toMatchObject([
      { version: 0, createIndex: 5 },
    ]);
    const pruned = applied({ ...state, versions: versions.slice(2) }, [], [], {
      deploymentUpdates: updates,
    }).state;
    expect(pruned.versions.some(({ stable }) => stable === true)).toBe(false);
  });
});
