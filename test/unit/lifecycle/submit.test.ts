import { describe, expect, it } from "vitest";
import { emptyJobState, type Job, type JobState, stopJob, submit } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, newest, numbers, refusalOf, withImage } from "./a-state.js";

const specification = { id: "shop", type: "service", groups: [aGroup()] } as const;
const changed = { ...specification, groups: [withImage("image:2")] };

/** A job whose versions all differ, the last one being current. */
function withVersions(...versions: Partial<Job>[]): JobState {
  return aState({
    allocations: [],
    versions: versions.map((more, n) =>
      aJob({ version: n, modifyIndex: 10 + n, groups: [withImage(`image:${n}`)], ...more }),
    ),
  });
}

describe("submitting", () => {
  it("a first specification registers version 0 under the new index, not stable, and evaluates", () => {
    const done = submit(emptyJobState(41), { job: specification, now: NOW });
    expect(done.state.index).toBe(42);
    expect(newest(done.state)).toMatchObject({ id: "shop", version: 0, createIndex: 42, modifyIndex: 42 });
    expect(newest(done.state).stable ?? false).toBe(false);
    expect(done).toMatchObject({ changed: true, version: 0, evaluate: { because: "job_submitted" } });
  });

  it("a changed one makes a new version of the same registration that is not stable although the last one was", () => {
    const done = submit(aState({ versions: [aJob({ stable: true })] }), { job: changed, now: NOW });
    expect(numbers(done.state)).toEqual([0, 1]);
    expect(newest(done.state)).toMatchObject({ version: 1, createIndex: 5, modifyIndex: 51 });
    expect(newest(done.state).stable ?? false).toBe(false);
    expect(done.state.versions[0]?.stable).toBe(true);
    expect(done).toMatchObject({ version: 1, evaluate: { because: "job_submitted" } });
  });

  it("the current specification again changes nothing and only evaluates", () => {
    const state = submit(emptyJobState(), { job: specification, now: NOW }).state;
    const done = submit(state, { job: specification, now: NOW + 1 });
    expect(done.state).toBe(state);
    expect(done).toMatchObject({ changed: false, version: 0, evaluate: { because: "job_submitted" } });
  });

  it.each<[string, Partial<Job>]>([
    ["version", { version: 7 }],
    ["stable", { stable: true }],
    ["rollbackOf", { rollbackOf: 3 }],
    ["tag", { tag: "good" }],
    ["indexes", { createIndex: 1, modifyIndex: 1 }],
    ["times", { createdAt: NOW }],
  ])("does not compare the %s", (_, more) => {
    const state = aState();
    expect(submit(state, { job: { ...aJob(), ...more }, now: NOW }).state).toBe(state);
  });

  it.each<[string, Partial<Job>]>([
    ["a count", { groups: [aGroup({ count: 4 })] }],
    ["the priority", { priority: 70 }],
    ["something the library does not know", { meta: { team: "a" } }],
    ["the wish to stop", { stop: true }],
  ])("takes %s for a change", (_, more) => {
    const done = submit(aState(), { job: { ...specification, ...more }, now: NOW });
    expect(done.version).toBe(1);
  });

  it("the specification of a failed deployment is a new try", () => {
    const failed = aDeployment({ status: "failed" });
    const done = submit(aState({ deployments: [failed] }), { job: specification, now: NOW });
    expect(done.version).toBe(1);
  });

  it("only the latest deployment of the version tells whether it is a new try", () => {
    const deployments = [
      aDeployment({ status: "failed" }),
      aDeployment({ id: "deploy-1", status: "successful", createIndex: 12 }),
    ];
    const state = aState({ deployments });
    expect(submit(state, { job: specification, now: NOW }).state).toBe(state);
  });

  it("a stopped job's specification starts it again", () => {
    const stopped = stopJob(aState(), { now: NOW }).state;
    const done = submit(stopped, { job: specification, now: NOW });
    expect(done.version).toBe(2);
    expect(newest(done.state).stop ?? false).toBe(false);
  });

  it("after a purge begins a new registration, while the old versions still run", () => {
    const purged = stopJob(aState(), { purge: true, now: NOW }).state;
    const done = submit(purged, { job: specification, checkIndex: 0, now: NOW });
    expect(newest(done.state)).toMatchObject({ version: 0, createIndex: 52, modifyIndex: 52 });
    expect(done.state.versions.some(({ createIndex }) => createIndex === 5)).toBe(true);
    expect(stopJob(done.state, { now: NOW }).version).toBe(1);
  });

  it("is accepted with the modify index that the job is at", () => {
    expect(submit(aState(), { job: changed, checkIndex: 10, now: NOW }).version).toBe(1);
    expect(submit(emptyJobState(), { job: changed, checkIndex: 0, now: NOW }).version).toBe(0);
  });

  it("looks at the check-index before anything else", () => {
    const invalid = { ...specification, groups: [] };
    const refusal = refusalOf(() => submit(aState(), { job: invalid, checkIndex: 9, now: NOW }));
    expect(refusal.code).toBe("stale_check_index");
  });

  it("tells what is allowed but probably not meant", () => {
    const groups = [aGroup({ update: { maxParallel: 9 } })];
    const { warnings } = submit(aState(), { job: { ...specification, groups }, now: NOW });
    expect(warnings?.map(({ path }) => path)).toEqual(["$.groups[0].update.maxParallel"]);
  });
});

describe("old versions", () => {
  it("stay, six of them, the newest stable one always among them", () => {
    const state = withVersions({ stable: true }, { stable: true }, {}, {}, {}, {}, {}, {});
    expect(numbers(submit(state, { job: changed, now: NOW }).state)).toEqual([1, 4, 5, 6, 7, 8]);
  });

  it("are the newest six where none is stable", () => {
    const state = withVersions({}, {}, {}, {}, {}, {}, {});
    expect(numbers(submit(state, { job: changed, now: NOW }).state)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it("stay besides where they bear a tag, or something that lives runs them", () => {
    const state = withVersions({ tag: "good" }, {}, {}, {}, {}, {}, {}, {}, {});
    const allocations = [
      anAllocation(0, { jobVersion: 1 }),
      anAllocation(1, { jobVersion: 2, desiredStatus: "stop", clientStatus: "complete" }),
    ];
    const done = submit({ ...state, allocations }, { job: changed, now: NOW });
    expect(numbers(done.state)).toEqual([0, 1, 4, 5, 6, 7, 8, 9]);
  });
});
