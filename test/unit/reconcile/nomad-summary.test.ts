import { describe, expect, it } from "vitest";
import { type Action, type IgnoreReason, nomadSummary, type Plan } from "../../../src/index.js";

const counts = {
  ignore: 0,
  place: 0,
  canary: 0,
  stop: 0,
  migrate: 0,
  inPlaceUpdate: 0,
  destructiveUpdate: 0,
  disconnect: 0,
  reconnect: 0,
  rescheduleNow: 0,
  rescheduleLater: 0,
};

const about = { group: "web", allocationId: "a" } as const;
const change = { path: "tasks.main.config.image" } as const;
const current = { jobVersion: 1, jobCreateIndex: 5, version: "current" } as const;
const placed = { group: "web", placement: "web/0", name: "shop.web[0]", ...current } as const;

function ignore(reason: IgnoreReason): Action {
  return { kind: "ignore", ...about, reason };
}

function replace(more: { disconnect?: true } = {}): Action {
  const reason = { code: "destructive_update", change, budget: 1, ordinal: 1 } as const;
  return { kind: "replace", ...about, ...placed, previousAllocation: "a", reason, ...more };
}

function update(more: { disconnect?: true } = {}): Action {
  return {
    kind: "update",
    ...about,
    jobVersion: 1,
    jobCreateIndex: 5,
    reason: { code: "in_place_update" },
    ...more,
  };
}

function disconnect(replaced: "now" | "later" | "never" | "not_needed"): Action {
  return { kind: "disconnect", ...about, reason: { code: "node_disconnected", lostAfter: 1, replaced } };
}

function summaryOf(...actions: Action[]) {
  const plan: Plan = {
    madeFrom: { evaluationId: "eval-1" },
    actions,
    groups: { web: { ...counts, rescheduleLater: 4 }, api: counts },
    deploymentUpdates: [],
    followUps: [],
    waiting: [],
  };
  const { web, api } = nomadSummary(plan);
  expect(api).toEqual(counts);
  return Object.fromEntries(
    Object.entries({ ...web, rescheduleLater: 0 }).filter(([, count]) => count !== 0),
  );
}

describe("a plan in Nomad's counts (D 9)", () => {
  it("takes over what is rescheduled later", () => {
    const plan: Plan = {
      madeFrom: { evaluationId: "eval-1" },
      actions: [],
      groups: { web: { ...counts, rescheduleLater: 4, ignore: 3 } },
      deploymentUpdates: [],
      followUps: [],
      waiting: [],
    };
    expect(nomadSummary(plan)).toEqual({ web: { ...counts, rescheduleLater: 4 } });
  });

  it.each<[IgnoreReason, object]>([
    [{ code: "unchanged" }, { ignore: 1 }],
    [{ code: "held_while_paused", change }, { ignore: 1 }],
    [{ code: "held_after_failure", change }, { ignore: 1 }],
    [{ code: "stopped_before" }, { ignore: 1 }],
    [{ code: "ended_as_older_version" }, { ignore: 1 }],
    [{ code: "waiting_for_reschedule", at: 1 }, { ignore: 1 }],
    [{ code: "waiting_for_deployment" }, { ignore: 1 }],
    [{ code: "no_reschedule_policy" }, { ignore: 1 }],
    [{ code: "unknown_and_replaced", by: "b" }, { ignore: 1 }],
    [{ code: "history" }, {}],
    [{ code: "stopped_before_removal" }, { stop: 1 }],
    [{ code: "dropped", because: "ended" }, {}],
    [{ code: "not_rescheduled_after_failure" }, {}],
    [{ code: "waiting_for_client", until: 1 }, {}],
    [{ code: "unknown_and_due" }, {}],
    [{ code: "lost_and_stopped", besides: "history" }, {}],
    [{ code: "lost_and_stopped", besides: "stopped_before" }, { ignore: 1 }],
    [{ code: "lost_and_stopped", besides: "stopped_before_removal" }, { stop: 1 }],
  ])("counts what is ignored: %j", (reason, expected) => {
    expect(summaryOf(ignore(reason))).toEqual(expected);
  });

  it("counts stops, but not of canaries that are forgotten, and migrations for themselves", () => {
    const stop = { kind: "stop", ...about } as const;
    expect(summaryOf({ ...stop, reason: { code: "surplus", have: 2, need: 1 } })).toEqual({ stop: 1 });
    expect(summaryOf({ ...stop, reason: { code: "migrating" } })).toEqual({ migrate: 1 });
    expect(summaryOf({ ...stop, reason: { code: "migrating", forgotten: true } })).toEqual({});
    expect(summaryOf({ ...stop, reason: { code: "lost", forgotten: true } })).toEqual({});
  });

  it("counts placements by what they are for", () => {
    const missing: Action = { kind: "place", ...placed, reason: { code: "missing", have: 0, need: 1 } };
    expect(summaryOf(missing)).toEqual({ place: 1 });
    expect(summaryOf({ ...placed, kind: "place", reason: { code: "migrating" } })).toEqual({});
    expect(
      summaryOf({ ...placed, kind: "canary", reason: { code: "canary_wanted", have: 0, need: 1 } }),
    ).toEqual({
      canary: 1,
    });
    expect(summaryOf({ ...placed, kind: "canary", reason: { code: "lost" } })).toEqual({ place: 1 });
  });

  it("counts updates, and those of what disconnects as both", () => {
    expect(summaryOf(replace())).toEqual({ destructiveUpdate: 1 });
    expect(summaryOf(replace({ disconnect: true }))).toEqual({ destructiveUpdate: 1, disconnect: 1 });
    expect(summaryOf(update())).toEqual({ inPlaceUpdate: 1 });
    expect(summaryOf(update({ disconnect: true }))).toEqual({ inPlaceUpdate: 1, disconnect: 1 });
    expect(summaryOf({ kind: "reconnect", ...about, reason: { code: "node_reconnected" } })).toEqual({
      reconnect: 1,
      ignore: 1,
    });
  });

  it("counts what disconnects, and ignores it where it is not due", () => {
    expect(summaryOf(disconnect("never"))).toEqual({ disconnect: 1, ignore: 1 });
    expect(summaryOf(disconnect("later"))).toEqual({ disconnect: 1, ignore: 1 });
    expect(summaryOf(disconnect("now"))).toEqual({ disconnect: 1, rescheduleNow: 1 });
    expect(summaryOf(disconnect("not_needed"))).toEqual({ disconnect: 1, rescheduleNow: 1 });
  });

  it("counts what is due only where something disconnects", () => {
    const due: Action[] = [
      { kind: "stop", ...about, reason: { code: "rescheduled" } },
      { kind: "stop", ...about, reason: { code: "surplus_failed", have: 1, need: 1 } },
      ignore({ code: "not_rescheduled_after_failure" }),
      ignore({ code: "unknown_and_due" }),
      ignore({ code: "waiting_for_client", until: 1 }),
    ];
    const notDue: Action[] = [
      { kind: "stop", ...about, reason: { code: "lost" } },
      ignore({ code: "history" }),
      replace(),
    ];
    expect(summaryOf(...due)).toEqual({ stop: 2 });
    expect(summaryOf(...due, ...notDue, disconnect("later"))).toMatchObject({ rescheduleNow: 5 });
    expect(summaryOf(...due, replace({ disconnect: true }))).toMatchObject({ rescheduleNow: 5 });
    expect(summaryOf(...due, update({ disconnect: true }))).toMatchObject({ rescheduleNow: 5 });
  });

  it("passes over actions of groups that the plan does not count", () => {
    expect(summaryOf({ ...replace(), group: "db" }, { ...disconnect("now"), group: "db" })).toEqual({});
  });
});
