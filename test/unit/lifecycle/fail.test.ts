import { describe, expect, it } from "vitest";
import { fail, type Job, type JobState, rollbackTarget } from "../../../src/index.js";
import { aDeploymentState, aJob, NOW } from "../a-job.js";
import { canarying, deploymentIn, newest, numbers, withImage } from "./a-state.js";

const event = { deploymentId: "deploy-1", now: NOW };

/** The canarying job with these versions instead; the last one is the one that is deployed. */
function withVersions(...versions: Partial<Job>[]): JobState {
  const all = versions.map((more, n) =>
    aJob({ version: n, modifyIndex: 10 + n, groups: [withImage(`image:${n}`)], ...more }),
  );
  const state = canarying({ deployment: { jobVersion: all.length - 1 } });
  return { ...state, versions: all };
}

describe("failing a deployment", () => {
  it("ends it and evaluates", () => {
    const done = fail(canarying({ group: { autoRevert: false } }), event);
    expect(deploymentIn(done.state, "deploy-1")).toMatchObject({
      status: "failed",
      modifyIndex: 51,
      modifiedAt: NOW,
    });
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toContain("marked as failed");
    expect(done.evaluate).toEqual({ because: "deployment_failed" });
  });

  it("does not roll back where no group has autoRevert", () => {
    const done = fail(canarying({ group: { autoRevert: false } }), event);
    expect(done.rollback).toBeUndefined();
    expect(numbers(done.state)).toEqual([0, 1]);
  });

  it("rolls back where any group has autoRevert", () => {
    const state = canarying({ group: { autoRevert: false } });
    const deployments = state.deployments.map((one) => ({
      ...one,
      groups: { ...one.groups, api: aDeploymentState({ autoRevert: true }) },
    }));
    expect(fail({ ...state, deployments }, event).rollback).toMatchObject({ kind: "rolled_back", to: 0 });
  });

  it("is allowed while it is paused", () => {
    const done = fail(canarying({ deployment: { status: "paused" } }), event);
    expect(deploymentIn(done.state, "deploy-1").status).toBe("failed");
  });
});

describe("rolling back", () => {
  it("registers the stable specification as a new version that says where it came from", () => {
    const done = fail(canarying(), event);
    expect(done.rollback).toEqual({ kind: "rolled_back", from: 1, to: 0, version: 2 });
    expect(newest(done.state)).toMatchObject({ version: 2, createIndex: 5, modifyIndex: 51, rollbackOf: 0 });
    expect(newest(done.state).groups[0]?.tasks).toEqual(withImage("image:1").tasks);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toMatch(/rolling back to job version 0$/);
  });

  it("is not stable before its own deployment succeeds", () => {
    expect(newest(fail(canarying(), event).state).stable ?? false).toBe(false);
  });

  it("goes to the newest stable version", () => {
    const done = fail(withVersions({ stable: true }, { stable: true }, {}, {}), event);
    expect(done.rollback).toEqual({ kind: "rolled_back", from: 3, to: 1, version: 4 });
  });

  it("never goes to a version that says stopped", () => {
    const done = fail(withVersions({ stable: true }, { stable: true, stop: true }, {}), event);
    expect(done.rollback).toMatchObject({ to: 0 });
    expect(newest(done.state).stop ?? false).toBe(false);
  });

  it("never goes to a version of another registration", () => {
    const done = fail(withVersions({ stable: true, createIndex: 1 }, {}, {}), event);
    expect(done.rollback).toEqual({ kind: "no_stable_version" });
  });

  it("goes nowhere when no version is stable, and says so", () => {
    const done = fail(withVersions({}, {}), event);
    expect(done.rollback).toEqual({ kind: "no_stable_version" });
    expect(numbers(done.state)).toEqual([0, 1]);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toContain("no stable job version");
  });

  it("goes nowhere when the stable version says the same, and says so", () => {
    const same = { groups: [withImage("image:1")] };
    const done = fail(withVersions({ ...same, stable: true }, same), event);
    expect(done.rollback).toEqual({ kind: "same_specification", stableVersion: 0 });
    expect(numbers(done.state)).toEqual([0, 1]);
    expect(deploymentIn(done.state, "deploy-1").statusDescription).toContain("same specification");
  });

  it("asks the newest stable version only: an older one that differs is no way out", () => {
    const same = { groups: [withImage("image:1")] };
    const { versions } = withVersions({ stable: true }, { ...same, stable: true }, same);
    expect(rollbackTarget(versions)).toEqual({ kind: "same_specification", stableVersion: 1 });
  });
});
