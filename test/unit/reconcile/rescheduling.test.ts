import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type Job,
  type ReconcileInput,
  type ReschedulePolicy,
  reconcile,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { away, called, nodesOf, saidOf } from "./said.js";

const unlimited: ReschedulePolicy = { delay: 30_000, delayFunction: "constant", unlimited: true };
const limited: ReschedulePolicy = {
  delay: 30_000,
  delayFunction: "constant",
  attempts: 1,
  interval: 600_000,
};
const failed: Partial<Allocation> = { clientStatus: "failed", modifiedAt: NOW - 60_000 };
const dead = (hasFailed: boolean) =>
  ({ main: { state: "dead", failed: hasFailed, finishedAt: NOW - 60_000 } }) as const;

function job(reschedule: ReschedulePolicy | undefined, more: Partial<Job> = {}): Job {
  return aJob({
    groups: [aGroup({ count: 1, ...(reschedule === undefined ? {} : { reschedule }) })],
    ...more,
  });
}

/** What is said of that one alone. */
function of(one: Partial<Allocation>, versions: readonly Job[], more: Partial<ReconcileInput> = {}) {
  return reconcile(anInput({ versions, allocations: [called("a", 0, one)], ...more }));
}

function reasonOf(...given: Parameters<typeof of>) {
  return of(...given).actions.find((action) => "allocationId" in action)?.reason;
}

describe("a service allocation that ended (rule 5)", () => {
  const versions = [job(unlimited)];

  it.each<[Partial<Allocation>, object]>([
    [{ clientStatus: "complete" }, { code: "dropped", because: "ended" }],
    [{ clientStatus: "lost" }, { code: "dropped", because: "ended" }],
    [
      { ...failed, nextAllocation: "b" },
      { code: "dropped", because: "replaced" },
    ],
    [failed, { code: "rescheduled" }],
    [{ ...failed, modifiedAt: NOW - 29_000 }, { code: "rescheduled" }],
    [
      { ...failed, modifiedAt: NOW - 28_999 },
      { code: "waiting_for_reschedule", at: NOW + 1_001 },
    ],
    [{ nextAllocation: "b" }, { code: "unchanged" }],
  ])("%j", (one, reason) => expect(reasonOf(one, versions)).toEqual(reason));

  it("is due at once when it is forced, and has ended", () => {
    const forced = { desiredTransition: { forceReschedule: true } };
    expect(reasonOf({ ...failed, ...forced }, [job(undefined)])).toEqual({ code: "rescheduled" });
    expect(reasonOf(forced, [job(undefined)])).toEqual({ code: "unchanged" });
  });

  it("is never due without a policy, or an attempt, and that is said", () => {
    expect(reasonOf(failed, [job(undefined)])).toEqual({ code: "no_reschedule_policy" });
    expect(reasonOf(failed, [job({ ...limited, attempts: 0 })])).toEqual({ code: "no_reschedule_policy" });
    const tried = {
      events: [{ at: NOW - 90_000, previousAllocationId: "z", previousNodeId: "n", delay: 1 }],
    };
    const used = { ...failed, reschedule: { ...tried, last: "ok" } } as const;
    expect(reasonOf(used, [job(limited)])).toEqual({
      code: "no_attempt_left",
      attempts: 1,
      used: 1,
      interval: 600_000,
    });
    expect(reasonOf(used, [job({ ...limited, unlimited: true })])).toEqual({ code: "rescheduled" });
    expect(reasonOf(used, [job({ ...limited, attempts: 2 })])).toEqual({ code: "rescheduled" });
  });

  it("is due in its own follow-up evaluation, and not asked for again in another's", () => {
    const soon = { ...failed, modifiedAt: NOW - 1_000 };
    expect(reasonOf({ ...soon, followUpEvaluationId: "eval-1" }, versions)).toEqual({ code: "rescheduled" });
    const waiting = of({ ...soon, followUpEvaluationId: "eval-0" }, versions);
    expect(waiting.actions[0]?.reason).toEqual({ code: "waiting_for_reschedule", at: NOW + 29_000 });
    expect(waiting.followUps).toEqual([]);
    expect(of(soon, versions).followUps).toMatchObject([
      { at: NOW + 29_000, cause: "reschedule", allocations: ["a"] },
    ]);
  });

  it("waits for its deployment while that is active, unless a reschedule is asked for", () => {
    const deployments = [aDeployment({ groups: { web: aDeploymentState({ desiredTotal: 1 }) } })];
    const ours = { ...failed, deploymentId: "deploy-0" };
    expect(reasonOf(ours, versions, { deployments })).toEqual({ code: "waiting_for_deployment" });
    expect(reasonOf({ ...ours, desiredTransition: { reschedule: true } }, versions, { deployments })).toEqual(
      {
        code: "rescheduled",
      },
    );
    expect(reasonOf({ ...failed, deploymentId: "deploy-9" }, versions, { deployments })).toEqual({
      code: "rescheduled",
    });
    const alive = { deploymentId: "deploy-0", desiredTransition: { reschedule: false } };
    expect(reasonOf(alive, versions, { deployments })).toEqual({ code: "unchanged" });
  });

  it("is a new try for a version that changes it in place, where it would never be due (D 44)", () => {
    const [before, after] = [job(undefined), job(undefined, { version: 1, modifyIndex: 20 })];
    expect(reasonOf(failed, [before, after])).toEqual({ code: "dropped", because: "new_version" });
    const image = {
      ...after,
      groups: [aGroup({ count: 1, tasks: [{ name: "main", config: { image: "image:9" } }] })],
    };
    expect(reasonOf(failed, [before, image])).not.toEqual({ code: "dropped", because: "new_version" });
    const batch = [before, after].map((one) => ({ ...one, type: "batch" as const }));
    expect(reasonOf(failed, batch)).not.toEqual({ code: "dropped", because: "new_version" });
    const moving = { ...failed, desiredTransition: { migrate: true }, deploymentStatus: { canary: true } };
    expect(reasonOf(moving, [before, after])).not.toEqual({ code: "dropped", because: "new_version" });
  });
});

describe("a batch allocation that ended or was stopped (rule 5)", () => {
  const versions = [job(unlimited, { type: "batch" })];
  const stopped: Partial<Allocation> = { desiredStatus: "stop", clientStatus: "complete" };
  const stays = { desiredTransition: { disableMigrationPlacement: true } };

  it.each<[string, Partial<Allocation>, object]>([
    ["it completed", { clientStatus: "complete", taskStates: dead(false) }, { code: "unchanged" }],
    ["it failed", { ...failed, taskStates: dead(true) }, { code: "rescheduled" }],
    [
      "it failed and was replaced",
      { ...failed, nextAllocation: "b" },
      { code: "dropped", because: "replaced" },
    ],
    ["it is not to be placed again", { ...failed, ...stays }, { code: "unchanged" }],
    ["it is stopped", stopped, { code: "stopped_before" }],
    ["it is stopped and not to be placed again", { ...stopped, ...stays }, { code: "unchanged" }],
    [
      "it is evicted and not to be placed again",
      { desiredStatus: "evict", clientStatus: "complete", ...stays },
      { code: "unchanged" },
    ],
    ["it is asked to run again", { desiredTransition: { reschedule: true } }, { code: "rescheduled" }],
  ])("%s", (_, one, reason) => expect(reasonOf(one, versions)).toEqual(reason));

  it("whose version is not known any more is as it is", () => {
    const strange = { ...stopped, ...stays, jobVersion: 7 };
    expect(reasonOf(strange, versions)).toEqual({ code: "unchanged" });
  });

  it("of an older version has ended with it", () => {
    const newer = [
      job(unlimited, { type: "batch" }),
      job(unlimited, { type: "batch", version: 1, modifyIndex: 20 }),
    ];
    expect(reasonOf({ clientStatus: "complete" }, newer)).toEqual({ code: "ended_as_older_version" });
    expect(reasonOf({}, newer)).toEqual({ code: "in_place_update" });
  });

  it("whose group is gone: what was stopped before says so", () => {
    const gone = [
      job(unlimited, { type: "batch" }),
      aJob({ type: "batch", version: 1, modifyIndex: 20, groups: [] }),
    ];
    expect(reasonOf(stopped, gone)).toEqual({ code: "stopped_before_removal" });
    expect(reasonOf({ ...stopped, desiredTransition: { reschedule: true } }, gone)).toEqual({
      code: "history",
    });
    const service = gone.map((one) => ({ ...one, type: "service" as const }));
    expect(reasonOf(stopped, service)).toEqual({ code: "history" });
    const over = [job(unlimited, { type: "batch", stop: true })];
    expect(reasonOf(stopped, over)).toEqual({ code: "history" });
    expect(reasonOf({ clientStatus: "complete" }, over)).toEqual({ code: "history" });
    expect(reasonOf({ clientStatus: "complete" }, gone)).toEqual({ code: "group_removed" });
  });
});

describe("one whose node goes away (rule 6)", () => {
  const disconnect = { lostAfter: 300_000, replace: true };
  const versionsOf = (reschedule: ReschedulePolicy | undefined, more: object = {}) => [
    aJob({
      groups: [
        aGroup({ count: 1, disconnect: { ...disconnect, ...more }, ...(reschedule && { reschedule }) }),
      ],
    }),
  ];
  const nodes = nodesOf("disconnected", "a");

  function replacedWhen(
    reschedule: ReschedulePolicy | undefined,
    one: Partial<Allocation> = {},
    more: object = {},
  ) {
    return of(one, versionsOf(reschedule, more), { nodes }).actions[0];
  }

  it("is replaced when its policy says: now, later, never, or not where enough are held", () => {
    const now = { ...unlimited, delay: 1_000 };
    expect(replacedWhen(now)).toMatchObject({
      kind: "disconnect",
      placement: "web/0",
      reason: { code: "node_disconnected", lostAfter: 300_000, replaced: "now" },
    });
    expect(replacedWhen(unlimited)).toMatchObject({ reason: { replaced: "later" } });
    expect(replacedWhen(undefined)).toMatchObject({ reason: { replaced: "never" } });
    expect(replacedWhen(now, {}, { replace: false })).toMatchObject({ reason: { replaced: "never" } });
    const enough = reconcile(
      anInput({ versions: versionsOf(now), allocations: [called("a", 1), called("b", 0)], nodes }),
    );
    const said = enough.actions.find((action) => "allocationId" in action && action.allocationId === "a");
    expect(said).toMatchObject({ reason: { replaced: "not_needed" } });
    expect(said).not.toHaveProperty("placement");
  });

  it("asks for the end of its time, or for its replacement where that comes later", () => {
    const never = of({}, versionsOf(undefined), { nodes });
    expect(never.followUps).toEqual([
      { id: "eval-1/web/0", group: "web", at: NOW + 300_000, cause: "lost_after", allocations: ["a"] },
    ]);
    expect(never.actions[0]).toMatchObject({ followUpEvaluationId: "eval-1/web/0" });
    const later = of({}, versionsOf(unlimited), { nodes });
    expect(later.followUps.map(({ id, at, cause }) => [id, at - NOW, cause])).toEqual([
      ["eval-1/web/0", 30_000, "reschedule"],
      ["eval-1/web/1", 300_000, "lost_after"],
    ]);
    expect(later.actions[0]).toMatchObject({ followUpEvaluationId: "eval-1/web/0" });
    expect(later.groups["web"]).toMatchObject({ disconnect: 1, rescheduleLater: 1 });
  });

  it("comes back when an attempt leaves the interval, where none is left now", () => {
    const event = (seconds: number) =>
      ({ at: NOW - seconds * 1_000, previousAllocationId: "z", previousNodeId: "n", delay: 1 }) as const;
    const events = [event(700), event(590), event(10)];
    const plan = of({ reschedule: { events, last: "ok" } }, versionsOf(limited), { nodes });
    expect(plan.actions[0]).toMatchObject({ reason: { replaced: "never" } });
    expect(plan.wakeAt).toBe(NOW + 10_000);
  });

  it("is due in its follow-up evaluation, measured from when it was last heard of", () => {
    const since = NOW - 20_000;
    const unknown = { ...away(since), followUpEvaluationId: "eval-1" };
    expect(
      saidOf({ versions: versionsOf(unlimited), allocations: [called("a", 0, unknown)], nodes }),
    ).toEqual(["ignore a unknown_and_due", "place shop.web[0] for a rescheduled"]);
    expect(
      reasonOf({ ...unknown, followUpEvaluationId: "eval-0" }, versionsOf(unlimited), { nodes }),
    ).toEqual({ code: "unchanged" });
    expect(
      reasonOf({ ...unknown, followUpEvaluationId: "eval-0" }, versionsOf(undefined), { nodes }),
    ).toEqual({
      code: "no_reschedule_policy",
    });
  });
});

describe("one whose node is back (rule 6)", () => {
  const back: Partial<Allocation> = { clientStatusHistory: [{ status: "unknown", at: NOW - 9_000 }] };
  const versions = [job(unlimited)];

  it("reconnects where it runs, and nobody wants it gone", () => {
    const plan = of({ ...back, followUpEvaluationId: "eval-0" }, versions);
    expect(plan.actions).toEqual([
      { kind: "reconnect", group: "web", allocationId: "a", reason: { code: "node_reconnected" } },
    ]);
    expect(plan.groups["web"]).toMatchObject({ reconnect: 1, ignore: 0 });
    const patient = [aJob({ groups: [aGroup({ count: 1, disconnect: { lostAfter: 60_000 } })] })];
    expect(of({ ...back, clientStatus: "unknown" }, patient).actions[0]?.kind).toBe("ignore");
  });

  it.each<[string, Partial<Allocation>, string]>([
    ["migrates", { desiredTransition: { migrate: true } }, "migrating"],
    ["is to be rescheduled", { desiredTransition: { reschedule: true } }, "reconnected_unwanted"],
    [
      "is to be rescheduled by force",
      { desiredTransition: { forceReschedule: true } },
      "reconnected_unwanted",
    ],
    ["failed", { clientStatus: "failed" }, "failed_while_away"],
    ["failed, and is evicted", { clientStatus: "failed", desiredStatus: "evict" }, "history"],
  ])("is stopped where it %s", (_, more, code) => {
    expect(reasonOf({ ...back, ...more }, versions)?.code).toBe(code);
  });

  it("is stopped where its version is older than the job", () => {
    const newer = [job(unlimited), job(unlimited, { version: 1, modifyIndex: 20 })];
    expect(reasonOf(back, newer)).toEqual({ code: "reconnected_unwanted" });
  });

  it("is compared with each replacement that still counts", () => {
    const allocations = [
      called("a", 0, { ...back, nextAllocation: "b" }),
      called("b", 0, { score: 9, nextAllocation: "c" }),
      called("c", 0, { nextAllocation: "d" }),
      called("d", 0, { score: 8 }),
    ];
    const plan = reconcile(anInput({ versions, allocations }));
    expect(plan.actions.map(({ reason }) => reason)).toEqual([
      { code: "replacement_kept", replacement: "b", by: "best_score" },
      expect.anything(),
      { code: "original_kept", original: "a", by: "best_score" },
      expect.anything(),
    ]);
    const pick = { disconnect: { lostAfter: 60_000, reconcile: "keep_original" } } as const;
    const kept = reconcile(
      anInput({ versions: [aJob({ groups: [aGroup({ count: 1, ...pick })] })], allocations }),
    );
    expect(kept.actions.map(({ kind }) => kind)).toEqual(["reconnect", "stop", "stop", "stop"]);
  });
});
