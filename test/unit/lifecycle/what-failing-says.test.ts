import { describe, expect, it } from "vitest";
import {
  applyPatches,
  emptyJobState,
  fail,
  type Job,
  type JobEvent,
  type JobState,
  parseJobEvent,
  parseJobState,
  pause,
  submit,
  transition,
  updateNode,
} from "../../../src/index.js";
import { patchesBetween } from "../../../src/lifecycle/patches.js";
import { sameSpecification } from "../../../src/lifecycle/specification.js";
import { describeActive, describeFailed, ENDED } from "../../../src/lifecycle/status-description.js";
import { aDeployment, aDeploymentState, aGroup, aJob, NOW } from "../a-job.js";
import { aState, canarying, deploymentIn, newest, numbers, refusalOf, withImage } from "./a-state.js";

const event = { deploymentId: "deploy-1", now: NOW };

function superseding(more: Partial<Job>, of: Partial<JobState> = {}): JobState {
  const state = canarying();
  return { ...state, versions: [...state.versions, aJob({ version: 2, modifyIndex: 30, ...more })], ...of };
}

describe("a rollback that has become pointless", () => {
  it("is none where a newer version has come, and says which", () => {
    const done = fail(superseding({}), event);
    expect(done.rollback).toEqual({ kind: "superseded", byVersion: 2 });
    expect(numbers(done.state)).toEqual([0, 1, 2]);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toBe(
      "Deployment marked as failed - not rolling back: job version 2 has come since",
    );
  });

  it("is none where the job was stopped, and where it was registered anew", () => {
    const state = canarying();
    const stopped = state.versions.map((job) => (job.version === 1 ? { ...job, stop: true } : job));
    expect(fail({ ...state, versions: stopped }, event).rollback).toEqual({
      kind: "superseded",
      byVersion: 1,
    });
    const anew = superseding({ version: 1, createIndex: 40, modifyIndex: 40 });
    expect(fail(anew, event).rollback).toEqual({ kind: "superseded", byVersion: 1 });
  });

  it("is none of a job that was purged, and of which nobody knows a version", () => {
    const purged = fail({ ...canarying(), purged: true }, event);
    expect(purged.rollback).toMatchObject({ kind: "rolled_back" });
    expect(fail({ ...canarying(), versions: [] }, event).rollback).toEqual({ kind: "no_stable_version" });
  });
});

describe("what people read of a deployment", () => {
  it.each([
    [describeFailed("by_user", undefined), "Deployment marked as failed"],
    [describeFailed("progress_deadline", undefined), "Failed due to progress deadline"],
    [
      describeFailed("unhealthy", { kind: "rolled_back", from: 2, to: 1, version: 3 }),
      "Failed due to unhealthy allocations - rolling back to job version 1",
    ],
    [
      describeFailed("unhealthy", { kind: "no_stable_version" }),
      "Failed due to unhealthy allocations - no stable job version to roll back to",
    ],
    [
      describeFailed("unhealthy", { kind: "same_specification", stableVersion: 1 }),
      "Failed due to unhealthy allocations - not rolling back to stable job version 1: the current job has the same specification",
    ],
    [ENDED.job_stopped, "Cancelled because job is stopped"],
    [ENDED.newer_version, "Cancelled due to newer version of job"],
    [ENDED.successful, "Deployment completed successfully"],
    [ENDED.pending_for_peer, "Deployment is pending, waiting for a peer region"],
    [describeActive(aDeployment({ status: "paused" })), "Deployment is paused"],
    [describeActive(aDeployment()), "Deployment is running"],
  ])("%s", (said, expected) => expect(said).toBe(expected));

  it.each([
    [{ desiredCanaries: 1 }, "Deployment is running but requires manual promotion"],
    [{ desiredCanaries: 1, autoPromote: true }, "Deployment is running pending automatic promotion"],
    [{ desiredCanaries: 1, promoted: true }, "Deployment is running"],
    [{ autoPromote: true }, "Deployment is running"],
  ])("while it runs: %j", (state, expected) => {
    expect(describeActive(aDeployment({ groups: { web: aDeploymentState(state) } }))).toBe(expected);
  });
});

describe("what a refusal says in full", () => {
  const tags = aState({ versions: [aJob({ tag: "old" }), aJob({ version: 1, modifyIndex: 20 })] });

  it.each<[JobState, JobEvent, string, object]>([
    [
      tags,
      { kind: "revert", to: { tag: "gold" }, now: NOW },
      'No version bears the tag "gold"; there is "old".',
      { tag: "gold", known: ["old"] },
    ],
    [
      aState(),
      { kind: "untag", tag: "gold", now: NOW },
      'No version bears the tag "gold"; there is none.',
      { tag: "gold", known: [] },
    ],
    [
      aState({ deployments: [aDeployment(), aDeployment({ id: "b", createIndex: 12 })] }),
      { kind: "pause", ...event },
      'There is no deployment "deploy-1"; the job has "deploy-0", "b".',
      { deploymentId: "deploy-1" },
    ],
    [
      canarying({ deployment: { status: "successful" } }),
      { kind: "pause", ...event },
      'Deployment "deploy-1" is successful: that is never left again. Submit a changed specification, or revert to an earlier version.',
      { deploymentId: "deploy-1", status: "successful" },
    ],
    [
      canarying({ deployment: { status: "cancelled" } }),
      { kind: "pause", ...event },
      'Deployment "deploy-1" is cancelled: that is never left again. A newer version has replaced it, or the job was stopped; look at the latest deployment.',
      { deploymentId: "deploy-1", status: "cancelled" },
    ],
    [
      aState(),
      { kind: "tick", now: -1 },
      "now is -1; it is a whole number of milliseconds since the epoch.",
      { path: "$.now", value: "-1" },
    ],
    [
      aState(),
      { kind: "explode", now: NOW } as unknown as JobEvent,
      'There is no event "explode"; `parseJobEvent` says what there is.',
      { kind: "explode" },
    ],
    [
      aState(),
      { now: NOW } as unknown as JobEvent,
      "There is no event null; `parseJobEvent` says what there is.",
      { kind: "undefined" },
    ],
    [
      aState(),
      { kind: "migrate", allocationIds: ["allocation-0", "ghost"], now: NOW },
      'There is no allocation "ghost"; it never was, or it was collected. Name one of the state\'s allocations.',
      { allocationId: "ghost" },
    ],
  ])("%#", (state, refused, message, details) => {
    const refusal = refusalOf(() => transition(state, refused));
    expect(refusal.message).toBe(message);
    expect(refusal.details).toEqual(details);
  });

  it("says which words there are instead of one that there is not", () => {
    const node = { id: "node-1", status: "asleep" as "down" };
    const refusal = refusalOf(() => updateNode(aState(), { node, now: NOW }));
    expect(refusal.message).toMatch(/cannot be "asleep"; it is (\w+, )+\w+ or \w+\.$/);
    const known = refusal.details["known"] as string[];
    expect(known).toContain("down");
    expect(refusal.message).toContain(`${known.slice(0, -1).join(", ")} or ${known.at(-1)}.`);
  });

  it("says what was read", () => {
    expect(refusalOf(() => parseJobState(7)).message).toContain("the state of a job");
    expect(refusalOf(() => parseJobEvent(7)).message).toContain("an event of a job");
  });
});

describe("two specifications say the same", () => {
  it.each<[string, Partial<Job>, boolean]>([
    ["they are equal", {}, true],
    [
      "with what a state gives to a version, and times",
      { version: 7, modifyIndex: 90, createIndex: 9, tag: "x" },
      true,
    ],
    [
      "with times that an orchestrator carries",
      { createdAt: 1, modifiedAt: 2, submittedAt: 3 } as object,
      true,
    ],
    ["with defaults written out", { namespace: "default", stop: false, priority: 50 }, true],
    ["in another namespace", { namespace: "prod" }, false],
    ["one of them stopped", { stop: true }, false],
    ["with another priority", { priority: 60 }, false],
    ["with another group", { groups: [aGroup({ count: 9 })] }, false],
  ])("%s", (_, more, expected) => {
    expect(sameSpecification(aJob(), aJob(more))).toBe(expected);
    expect(sameSpecification(aJob(more), aJob())).toBe(expected);
  });

  it("gives a group that names none the reschedule policy of its type of job, and leaves the others alone", () => {
    const own = { delay: 1_000, delayFunction: "constant", unlimited: true } as const;
    const groups = [aGroup({ reschedule: own }), aGroup({ name: "api" })];
    const { state } = submit(emptyJobState(), { job: { id: "shop", type: "service", groups }, now: NOW });
    expect(newest(state).groups[0]?.reschedule).toEqual(own);
    expect(newest(state).groups[1]?.reschedule).toMatchObject({
      unlimited: true,
      delayFunction: "exponential",
    });
    const batch = submit(emptyJobState(), { job: { id: "shop", type: "batch", groups }, now: NOW }).state;
    expect(newest(batch).groups[1]?.reschedule).toMatchObject({ attempts: 1 });
  });
});

describe("patches", () => {
  it("are as small as the change", () => {
    const step = pause(canarying(), event);
    const paths = step.patches().patches.map(({ path }) => path.join("."));
    expect(paths.sort()).toEqual([
      "deployments.1.groups.web.requireProgressBy",
      "deployments.1.modifiedAt",
      "deployments.1.modifyIndex",
      "deployments.1.status",
      "deployments.1.statusDescription",
      "index",
    ]);
  });

  it.each<[unknown, unknown]>([
    [{ a: 1 }, [1]],
    [[1], { a: 1 }],
    [{ a: 1 }, null],
    [null, { a: 1 }],
    [[1, 2, 3], [3]],
    [[3], [1, 2, 3]],
    [[{ a: 1 }], [{ a: 1, b: 2 }]],
    [{ a: { b: 1, c: 2 } }, { a: { c: 3 } }],
    ["a", { a: 1 }],
    [{ a: 1 }, "a"],
  ])("lead from %j to %j and back, within a specification that is not the library's", (from, to) => {
    const [before, after] = [from, to].map((setting) =>
      aState({ versions: [aJob({ groups: [withImage("image:1", { setting } as object)] })] }),
    ) as [JobState, JobState];
    const { patches, inversePatches } = patchesBetween(before, after);
    expect(applyPatches(before, patches)).toStrictEqual(after);
    expect(applyPatches(after, inversePatches)).toStrictEqual(before);
  });
});
