import { describe, expect, it } from "vitest";
import {
  type Action,
  type Allocation,
  applyPlan,
  type JobState,
  type PlacementOutcome,
  type Plan,
} from "../../../src/index.js";
import { aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlace, aPlan, aState, aStop, MINUTE } from "./a-state.js";

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
