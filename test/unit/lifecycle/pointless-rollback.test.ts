import { describe, expect, it } from "vitest";
import { fail, type Job, type JobState } from "../../../src/index.js";
import { describeActive, describeFailed, ENDED } from "../../../src/lifecycle/status-description.js";
import { aDeployment, aDeploymentState, aJob, NOW } from "../a-job.js";
import { canarying, deploymentIn, numbers } from "./a-state.js";

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
