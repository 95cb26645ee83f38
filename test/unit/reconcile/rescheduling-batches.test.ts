import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type Job,
  type ReconcileInput,
  type ReschedulePolicy,
  reconcile,
} from "../../../src/index.js";
import { aGroup, aJob, anInput, NOW } from "../a-job.js";
import { away, called, nodesOf } from "./said.js";

const unlimited: ReschedulePolicy = { delay: 30_000, delayFunction: "constant", unlimited: true };
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

  it.each<[string, Partial<Allocation>, string]>([
    ["has not said how it ran", {}, "dropped"],
    ["ran successfully", { taskStates: dead(false) }, "unchanged"],
    ["failed", { taskStates: dead(true) }, "dropped"],
    ["is evicted, and ran successfully", { desiredStatus: "evict", taskStates: dead(false) }, "dropped"],
    [
      "found no room, and waits for another evaluation",
      { reschedule: { events: [], last: "no_placement" } },
      "unchanged",
    ],
    [
      "found no room, and this is its evaluation",
      { reschedule: { events: [], last: "no_placement" }, followUpEvaluationId: "eval-1" },
      "unknown_and_due",
    ],
  ])("that is stopped and away, and %s", (_, more, code) => {
    const disconnect = { lostAfter: 600_000 };
    const patient = [
      aJob({ type: "batch", groups: [aGroup({ count: 1, reschedule: unlimited, disconnect })] }),
    ];
    const gone = { ...away(NOW - 60_000), desiredStatus: "stop", ...more } as const;
    expect(reasonOf(gone, patient, { nodes: nodesOf("disconnected", "a") })?.code).toBe(code);
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
