import { describe, expect, it } from "vitest";
import { scale, stopJob } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, NOW } from "../a-job.js";
import { aState, newest, numbers } from "./a-state.js";

const two = aState({
  versions: [aJob({ stable: true, groups: [aGroup(), aGroup({ name: "api", count: 1 })] })],
});

describe("scaling a group", () => {
  it("makes a version in which only that count differs, and evaluates", () => {
    const done = scale(two, { group: "api", count: 4, now: NOW });
    expect(newest(done.state)).toMatchObject({ version: 1, createIndex: 5, modifyIndex: 51 });
    expect(newest(done.state).groups.map(({ name, count, tasks }) => [name, count, tasks])).toEqual([
      ["web", 3, aGroup().tasks],
      ["api", 4, aGroup().tasks],
    ]);
    expect(done).toMatchObject({ changed: true, version: 1, evaluate: { because: "job_scaled" } });
  });

  it.each([true, false])("is as stable as the version before: %s", (stable) => {
    const state = aState({ versions: [aJob({ stable })] });
    const done = scale(state, { group: "web", count: 5, now: NOW });
    expect(newest(done.state).stable ?? false).toBe(stable);
  });

  it("to the same count changes nothing", () => {
    const done = scale(two, { group: "web", count: 3, now: NOW });
    expect(done.state).toBe(two);
    expect(done).toMatchObject({ changed: false, version: 0 });
    expect(done.evaluate).toBeUndefined();
  });

  it("may go down to nothing", () => {
    const done = scale(two, { group: "web", count: 0, now: NOW });
    expect(newest(done.state).groups[0]?.count).toBe(0);
  });

  it("leaves a stopped job stopped", () => {
    const stopped = stopJob(two, { now: NOW }).state;
    const done = scale(stopped, { group: "web", count: 4, now: NOW });
    expect(numbers(done.state)).toEqual([0, 1, 2]);
    expect(newest(done.state).stop).toBe(true);
  });

  it("is accepted with the modify index that the job is at", () => {
    expect(scale(two, { group: "web", count: 4, checkIndex: 10, now: NOW }).version).toBe(1);
  });

  it.each(["successful", "failed", "cancelled"] as const)("is not hindered by a %s deployment", (status) => {
    const state = { ...two, deployments: [aDeployment({ status })] };
    expect(scale(state, { group: "web", count: 4, now: NOW }).version).toBe(1);
  });

  it("tells when the new count is below what may change at once", () => {
    const state = aState({ versions: [aJob({ groups: [aGroup({ update: { maxParallel: 3 } })] })] });
    const { warnings } = scale(state, { group: "web", count: 2, now: NOW });
    expect(warnings?.map(({ path }) => path)).toEqual(["$.groups[0].update.maxParallel"]);
  });
});
