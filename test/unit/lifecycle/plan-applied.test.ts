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
import {
  allocationIn,
  aPlace,
  aPlan,
  aState,
  aStop,
  deploymentIn,
  groupIn,
  MINUTE,
  refusalOf,
} from "./a-state.js";

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

const change = { path: "tasks.main.config.image" };
const replacing = {
  kind: "replace",
  group: "web",
  allocationId: id,
  reason: { code: "destructive_update", change, budget: 1, ordinal: 1 },
  placement: "web/0",
  name: "shop.web[0]",
  jobVersion: 0,
  jobCreateIndex: 5,
  version: "current",
  previousAllocation: id,
} as const;
const updating = {
  kind: "update",
  group: "web",
  allocationId: id,
  reason: { code: "in_place_update" },
  jobVersion: 0,
  jobCreateIndex: 5,
} as const;
const made = { placement: "web/0", allocationId: "new", nodeId: "node-1" };

describe("a verdict that is carried out", () => {
  it("of one whose node goes, whatever else happens to it", () => {
    const unknown = { clientStatus: "unknown", clientStatusHistory: [{ status: "unknown", at: NOW }] };
    const replaced = applied(having({}), [{ ...replacing, disconnect: true }], [made]).state;
    expect(allocationIn(replaced, id)).toMatchObject({
      ...unknown,
      desiredStatus: "stop",
      nextAllocation: "new",
    });
    const updated = applied(having({}), [{ ...updating, disconnect: true }]).state;
    expect(allocationIn(updated, id)).toMatchObject({ ...unknown, adoptedAt: NOW });
    expect(allocationIn(applied(having({}), [updating]).state, id).clientStatus).toBe("running");
    expect(allocationIn(applied(having({}), [replacing], [made]).state, id).clientStatus).toBe("running");
  });

  it("of one that is to be replaced, and found no room: it stays, and only its follow-up is noted", () => {
    const state = applied(
      having({}),
      [{ ...replacing, followUpEvaluationId: "f" }],
      [{ placement: "web/0", noRoom: true }],
    ).state;
    expect(allocationIn(state, id)).toEqual({ ...anAllocation(0), followUpEvaluationId: "f" });
  });

  it("without its placement: both are left to the next plan", () => {
    const state = having({});
    const half = aStop(id, { placement: "web/0", reason: { code: "migrating" } });
    expect(applied(state, [half]).state).toBe(state);
    const disconnect = {
      kind: "disconnect",
      group: "web",
      allocationId: id,
      placement: "web/0",
      reason: { code: "node_disconnected", lostAfter: 1, replaced: "now" },
    } as const;
    expect(applied(state, [disconnect]).state).toBe(state);
    const whole = applied(
      state,
      [half, aPlace(0, { previousAllocation: id, reason: { code: "migrating" } })],
      [made],
    );
    expect(allocationIn(whole.state, id)).toMatchObject({ desiredStatus: "stop", stopReason: "migrating" });
  });

  it("of a migration or a loss whose stop was left out: it is stopped all the same", () => {
    const place = (reason: "migrating" | "lost") =>
      aPlace(0, { previousAllocation: id, reason: { code: reason } });
    const migrated = allocationIn(applied(having({}), [place("migrating")], [made]).state, id);
    expect(migrated).toMatchObject({ desiredStatus: "stop", stopReason: "migrating", nextAllocation: "new" });
    expect(migrated.clientStatus).toBe("running");
    const lost = allocationIn(applied(having({}), [place("lost")], [made]).state, id);
    expect(lost).toMatchObject({ desiredStatus: "stop", stopReason: "lost", clientStatus: "lost" });
    const reason = { code: "rescheduled", delay: 0, attempt: 1 } as const;
    const failed = having({ clientStatus: "failed" });
    const due = allocationIn(
      applied(failed, [aPlace(0, { previousAllocation: id, reason })], [made]).state,
      id,
    );
    expect(due).toMatchObject({ desiredStatus: "run", nextAllocation: "new" });
  });

  it("of one that failed and found no room: that is noted once, and it is not stopped", () => {
    const reason = { code: "rescheduled", delay: 0, attempt: 1 } as const;
    const actions = [
      aStop(id, { placement: "web/0", reason: { code: "rescheduled" } }),
      aPlace(0, { previousAllocation: id, reason }),
    ];
    const noRoom = [{ placement: "web/0", noRoom: true }] as const;
    const failed = having({ clientStatus: "failed" });
    const once = applied(failed, actions, noRoom).state;
    expect(allocationIn(once, id)).toMatchObject({
      desiredStatus: "run",
      reschedule: { events: [], last: "no_placement" },
    });
    const twice = applied(once, actions, noRoom).state;
    expect(allocationIn(twice, id)).toBe(allocationIn(once, id));
    expect(allocationIn(applied(failed, actions, [made]).state, id)).toMatchObject({ desiredStatus: "stop" });
    expect(applied(failed, [aStop(id, { reason: { code: "rescheduled" } })]).state).toBe(failed);
  });

  it("of one that is stopped already: the first reason stays, a new client status is news", () => {
    const stopped = having({ desiredStatus: "stop", stopReason: "surplus", modifiedAt: NOW - MINUTE });
    expect(applied(stopped, [aStop(id)]).state).toBe(stopped);
    const lost = aStop(id, { reason: { code: "lost" }, clientStatus: "lost" });
    expect(allocationIn(applied(stopped, [lost]).state, id)).toMatchObject({
      clientStatus: "lost",
      clientStatusHistory: [{ status: "lost", at: NOW }],
      modifiedAt: NOW,
    });
    const failed = aStop(id, { reason: { code: "failed_while_away" }, clientStatus: "failed" });
    expect(allocationIn(applied(having({}), [failed]).state, id)).not.toHaveProperty("clientStatusHistory");
    expect(allocationIn(applied(having({ clientStatus: "failed" }), [aStop(id)]).state, id).modifiedAt).toBe(
      anAllocation(0).modifiedAt,
    );
  });

  it("that does nothing but note the loss of one that is stopped", () => {
    const state = having({ desiredStatus: "stop" });
    const reason = { code: "lost_and_stopped", besides: "history" } as const;
    const done = applied(state, [
      { kind: "ignore", group: "web", allocationId: id, reason, clientStatus: "lost" },
    ]);
    expect(allocationIn(done.state, id)).toEqual({
      ...anAllocation(0),
      desiredStatus: "stop",
      clientStatus: "lost",
    });
    const nothing = {
      kind: "ignore",
      group: "web",
      allocationId: id,
      reason: { code: "unchanged" },
    } as const;
    expect(applied(state, [nothing]).state).toBe(state);
  });

  it("of one that adopts what it runs: its health stays, where it was healthy, and with its time", () => {
    const same = { versions: [aJob(), aJob({ version: 1, modifyIndex: 20 })] };
    const adopting = { ...updating, jobVersion: 1 };
    const healthAfter = (more: Partial<Allocation>, of: Partial<JobState> = same) =>
      allocationIn(applied(having(more, of), [adopting]).state, id).deploymentStatus;
    expect(healthAfter({ deploymentStatus: { healthy: true, timestamp: 7 } })).toEqual({
      healthy: true,
      timestamp: 7,
    });
    expect(healthAfter({ deploymentStatus: { healthy: true } })).toStrictEqual({ healthy: true });
    expect(healthAfter({ deploymentStatus: { healthy: false } })).toBeUndefined();
    const other = { versions: [aJob(), aJob({ version: 1, modifyIndex: 20, priority: 60 })] };
    expect(healthAfter({ deploymentStatus: { healthy: true } }, other)).toBeUndefined();
    expect(healthAfter({ deploymentStatus: { healthy: true } }, { versions: [aJob()] })).toBeUndefined();
    expect(
      healthAfter({ deploymentStatus: { healthy: true } }, { versions: same.versions.slice(1) }),
    ).toBeUndefined();
  });
});

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

describe("a plan that cannot be carried out", () => {
  it("says which state it was made from, or that it does not say", () => {
    const state = aState();
    const old = refusalOf(() =>
      applyPlan(state, { plan: aPlan(state, { madeFrom: { evaluationId: "e", index: 3 } }), now: NOW }),
    );
    expect(old.message).toBe(
      "The plan was made from the state at index 3; it is at 50 now. Reconcile again.",
    );
    const none = refusalOf(() =>
      applyPlan(state, { plan: aPlan(state, { madeFrom: { evaluationId: "e" } }), now: NOW }),
    );
    expect(none.message).toMatch(/does not say which state/);
    expect(none.details).toEqual({ madeFrom: null, index: 50 });
  });

  it("says what is wrong with a placement", () => {
    const stranger = refusalOf(() => applied(aState(), [aPlace(0)], [made, { ...made, placement: "web/9" }]));
    expect(stranger.message).toBe('"web/9" is no placement of this plan; each of the plan\'s is said once.');
    const nowhere = refusalOf(() => applied(aState(), [aPlace(0)], [{ ...made, nodeId: "" }]));
    expect(nowhere.code).toBe("unknown_node");
    const nodes = [{ id: "node-1", status: "down" }] as const;
    expect(applied(aState({ nodes }), [aPlace(0)], [made]).changed).toBe(true);
    const twice = [made, { ...made, placement: "web/1" }];
    expect(refusalOf(() => applied(aState(), [aPlace(0), aPlace(1)], twice)).code).toBe(
      "duplicate_allocation",
    );
  });

  it("a time to wake up alone is noted, and no reason to plan again", () => {
    const state = aState({ wakeAt: NOW + 5 });
    const later = applied(state, [], [], { wakeAt: NOW + 9 });
    expect(later.state.wakeAt).toBe(NOW + 9);
    expect(later.evaluate).toBeUndefined();
    const gone = applied(state, []);
    expect(gone.state).not.toHaveProperty("wakeAt");
    expect(gone.evaluate).toBeUndefined();
    const asleep = applied(aState(), [], [], { wakeAt: NOW + 9 });
    expect(asleep.evaluate).toBeUndefined();
    expect(applied(aState(), [aStop(id)], [], { wakeAt: NOW + 9 }).evaluate).toEqual({
      because: "plan_applied",
    });
    const waiting = applied(aState({ waitsForRoom: true }), [], [], { wakeAt: NOW + 9 });
    expect(waiting.evaluate).toEqual({ because: "plan_applied" });
    expect(applied(aState(), []).state).not.toHaveProperty("wakeAt");
  });
});
