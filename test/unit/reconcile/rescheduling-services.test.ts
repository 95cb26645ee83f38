import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type Job,
  type ReconcileInput,
  type ReschedulePolicy,
  reconcile,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { called } from "./said.js";

const unlimited: ReschedulePolicy = { delay: 30_000, delayFunction: "constant", unlimited: true };
const limited: ReschedulePolicy = {
  delay: 30_000,
  delayFunction: "constant",
  attempts: 1,
  interval: 600_000,
};
const failed: Partial<Allocation> = { clientStatus: "failed", modifiedAt: NOW - 60_000 };
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
