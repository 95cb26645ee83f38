import { describe, expect, it } from "vitest";
import { submit, tag, untag } from "../../../src/index.js";
import { aJob, NOW } from "../a-job.js";
import { aState, numbers, withImage } from "./a-state.js";

const two = aState({
  versions: [aJob(), aJob({ version: 1, modifyIndex: 20, groups: [withImage("image:2")] })],
});
const eight = aState({
  allocations: [],
  versions: Array.from({ length: 8 }, (_, n) =>
    aJob({ version: n, modifyIndex: 10 + n, ...(n === 0 ? { tag: "good" } : {}) }),
  ),
});

describe("tagging a version", () => {
  it("names it, raises the index, and needs no evaluation", () => {
    const done = tag(two, { version: 0, tag: "good", now: NOW });
    expect(done.state.versions.map((job) => job.tag)).toEqual(["good", undefined]);
    expect(done.state.index).toBe(51);
    expect(done.evaluate).toBeUndefined();
  });

  it("a second name replaces the first", () => {
    const named = tag(two, { version: 0, tag: "good", now: NOW }).state;
    const done = tag(named, { version: 0, tag: "better", now: NOW });
    expect(done.state.versions[0]?.tag).toBe("better");
  });

  it("the same name again changes nothing", () => {
    const named = tag(two, { version: 0, tag: "good", now: NOW }).state;
    expect(tag(named, { version: 0, tag: "good", now: NOW + 1 }).state).toBe(named);
  });

  it("is no change of the specification: the check-index stays right", () => {
    const named = tag(two, { version: 1, tag: "good", now: NOW }).state;
    const job = aJob({ groups: [withImage("image:3")] });
    expect(submit(named, { job, checkIndex: 20, now: NOW }).version).toBe(2);
  });

  it("a name that was taken away may be given to another", () => {
    const named = tag(two, { version: 0, tag: "good", now: NOW }).state;
    const free = untag(named, { tag: "good", now: NOW }).state;
    const done = tag(free, { version: 1, tag: "good", now: NOW });
    expect(done.state.versions.map((job) => job.tag)).toEqual([undefined, "good"]);
  });
});

describe("taking a tag away", () => {
  it("leaves the version without a name", () => {
    const named = tag(two, { version: 0, tag: "good", now: NOW }).state;
    const done = untag(named, { tag: "good", now: NOW });
    expect(done.state.versions).toEqual(two.versions);
    expect(done.state.index).toBe(52);
  });

  it("forgets a version that only its tag kept", () => {
    const done = untag(eight, { tag: "good", now: NOW });
    expect(numbers(done.state)).toEqual([2, 3, 4, 5, 6, 7]);
  });
});
