import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type Job,
  type ReconcileInput,
  type ReschedulePolicy,
  reconcile,
} from "../../../src/index.js";
import { aGroup, aJob, anInput, NOW } from "../a-job.js";
import { away, called, nodesOf, saidOf } from "./said.js";

const unlimited: ReschedulePolicy = { delay: 30_000, delayFunction: "constant", unlimited: true };
const limited: ReschedulePolicy = {
  delay: 30_000,
  delayFunction: "constant",
  attempts: 1,
  interval: 600_000,
};
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

  it("of a batch job: what the server stopped, or asks for a replacement of, is not compared", () => {
    const batch = [job(unlimited, { type: "batch" })];
    const evicted = { ...back, clientStatus: "failed", desiredStatus: "evict" } as const;
    expect(reasonOf(evicted, batch)).toEqual({ code: "reconnected_unwanted" });
    const allocations = [
      called("a", 0, { ...back, nextAllocation: "b" }),
      called("b", 0, { desiredStatus: "stop", clientStatus: "running", score: 9 }),
    ];
    const plan = reconcile(anInput({ versions: batch, allocations }));
    expect(plan.actions.map(({ kind, reason }) => [kind, reason.code])).toEqual([
      ["reconnect", "node_reconnected"],
      ["ignore", "stopped_before"],
    ]);
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
