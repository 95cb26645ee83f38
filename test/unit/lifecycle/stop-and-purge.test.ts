import { describe, expect, it } from "vitest";
import { emptyJobState, reconcile, stopJob, submit, updateClients } from "../../../src/index.js";
import { aDeployment, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, newest, numbers, refusalOf } from "./a-state.js";

const ended = { desiredStatus: "stop", clientStatus: "complete" } as const;

describe("stopping a job", () => {
  it("makes a version that says so, and evaluates", () => {
    const done = stopJob(aState(), { now: NOW });
    expect(newest(done.state)).toMatchObject({ version: 1, createIndex: 5, modifyIndex: 51, stop: true });
    expect(done).toMatchObject({ changed: true, version: 1, evaluate: { because: "job_stopped" } });
  });

  it.each([true, false])("keeps stable: %s", (stable) => {
    const done = stopJob(aState({ versions: [aJob({ stable })] }), { now: NOW });
    expect(newest(done.state).stable ?? false).toBe(stable);
  });

  it("does not hand the tag on: a tag is borne once", () => {
    const done = stopJob(aState({ versions: [aJob({ tag: "good" })] }), { now: NOW });
    expect(done.state.versions.map(({ tag }) => tag)).toEqual(["good", undefined]);
  });

  it("changes nothing when it is stopped already", () => {
    const stopped = stopJob(aState(), { now: NOW }).state;
    const done = stopJob(stopped, { now: NOW + 1 });
    expect(done.state).toBe(stopped);
    expect(done).toMatchObject({ changed: false, version: 1 });
  });

  it("makes the next plan stop everything that lives", () => {
    const { state } = stopJob(aState(), { now: NOW });
    const plan = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    expect(plan.actions.map(({ kind, reason }) => [kind, reason.code])).toEqual([
      ["stop", "job_stopped"],
      ["stop", "job_stopped"],
      ["stop", "job_stopped"],
    ]);
  });
});

describe("purging a job", () => {
  const living = aState({ deployments: [aDeployment({ status: "successful" })] });

  it("keeps versions and deployments as long as something that lives refers to them", () => {
    const { state } = stopJob(living, { purge: true, now: NOW });
    expect(numbers(state)).toEqual([0, 1]);
    expect(newest(state).stop).toBe(true);
    expect(state.deployments).toHaveLength(1);
  });

  it("forgets them at once when nothing lives", () => {
    const state = { ...living, allocations: [anAllocation(0, ended)] };
    const done = stopJob(state, { purge: true, now: NOW });
    expect(done.state).toMatchObject({ versions: [], deployments: [] });
  });

  it("forgets them with the last one that ends", () => {
    const purged = stopJob(living, { purge: true, now: NOW }).state;
    const report = (...ids: number[]) =>
      ids.map((n) => ({ allocationId: `allocation-${n}`, clientStatus: "complete" as const }));
    const two = updateClients(purged, { updates: report(0, 1), now: NOW + 1 }).state;
    expect(numbers(two)).toEqual([0, 1]);
    const three = updateClients(two, { updates: report(2), now: NOW + 2 }).state;
    expect(three).toMatchObject({ versions: [], deployments: [] });
  });

  it("leaves no job that events could be about", () => {
    const { state } = stopJob(living, { purge: true, now: NOW });
    expect(refusalOf(() => stopJob(state, { now: NOW })).code).toBe("unknown_job");
  });

  it("is possible for a job that is stopped already", () => {
    const stopped = stopJob({ ...living, allocations: [] }, { now: NOW }).state;
    const done = stopJob(stopped, { purge: true, now: NOW });
    expect(done.changed).toBe(true);
    expect(done.state.versions).toEqual([]);
  });

  it("makes the next submit another registration, whose versions count from 0", () => {
    const first = submit(emptyJobState(), { job: aJob(), now: NOW }).state;
    const again = submit(stopJob(first, { purge: true, now: NOW }).state, { job: aJob(), now: NOW }).state;
    expect(newest(first)).toMatchObject({ version: 0, createIndex: 1 });
    expect(newest(again)).toMatchObject({ version: 0, createIndex: 3 });
    expect(newest(again).stop ?? false).toBe(false);
  });
});
