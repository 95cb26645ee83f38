import { describe, expect, it } from "vitest";
import { revert, stopJob, tag } from "../../../src/index.js";
import { aJob, NOW } from "../a-job.js";
import { aState, newest, numbers, withImage } from "./a-state.js";

const state = aState({
  versions: [
    aJob({ tag: "good", groups: [withImage("image:0")] }),
    aJob({ version: 1, modifyIndex: 20, stable: true, groups: [withImage("image:1")] }),
    aJob({ version: 2, modifyIndex: 30, groups: [withImage("image:2")] }),
  ],
});

describe("reverting", () => {
  it("submits an earlier version's specification as a new version, not stable although that one is", () => {
    const done = revert(state, { to: { version: 1 }, now: NOW });
    expect(numbers(done.state)).toEqual([0, 1, 2, 3]);
    expect(newest(done.state)).toMatchObject({ version: 3, createIndex: 5, modifyIndex: 51 });
    expect(newest(done.state).groups).toMatchObject([withImage("image:1")]);
    expect(newest(done.state).stable ?? false).toBe(false);
    expect(done).toMatchObject({ changed: true, version: 3, evaluate: { because: "job_reverted" } });
  });

  it("is an ordinary submit, gated like one: it is no rollback", () => {
    const done = revert(state, { to: { version: 1 }, now: NOW });
    expect(newest(done.state).rollbackOf).toBeUndefined();
  });

  it("may go to a tag, and to a version that was never stable", () => {
    const done = revert(state, { to: { tag: "good" }, now: NOW });
    expect(newest(done.state).groups).toMatchObject([withImage("image:0")]);
  });

  it("leaves the tag to the version that bears it", () => {
    const done = revert(state, { to: { tag: "good" }, now: NOW });
    expect(done.state.versions.map((job) => job.tag)).toEqual(["good", undefined, undefined, undefined]);
  });

  it("is accepted when the current version is the one that it was meant for", () => {
    expect(revert(state, { to: { version: 1 }, enforcePriorVersion: 2, now: NOW }).version).toBe(3);
  });

  it("to the same specification under another number changes nothing, and says so", () => {
    const [first] = state.versions;
    const twin = { ...state, versions: [...state.versions, { ...aJob(first), version: 3, modifyIndex: 40 }] };
    const done = revert(twin, { to: { version: 0 }, now: NOW });
    expect(done.state).toBe(twin);
    expect(done).toMatchObject({ changed: false, version: 3 });
  });

  it("starts a stopped job", () => {
    const stopped = stopJob(state, { now: NOW }).state;
    const done = revert(stopped, { to: { version: 2 }, now: NOW });
    expect(newest(done.state)).toMatchObject({ version: 4, groups: [withImage("image:2")] });
    expect(newest(done.state).stop ?? false).toBe(false);
  });

  it("finds a version by the name that it got last", () => {
    const renamed = tag(state, { version: 1, tag: "better", now: NOW }).state;
    const done = revert(renamed, { to: { tag: "better" }, now: NOW });
    expect(newest(done.state).groups).toMatchObject([withImage("image:1")]);
  });

  it("knows only the versions of this registration", () => {
    const older = aJob({ version: 9, createIndex: 1, modifyIndex: 1 });
    const both = { ...state, versions: [older, ...state.versions] };
    expect(() => revert(both, { to: { version: 9 }, now: NOW })).toThrow(
      expect.objectContaining({
        code: "unknown_version",
        details: expect.objectContaining({ jobVersion: 9 }),
      }),
    );
  });
});
