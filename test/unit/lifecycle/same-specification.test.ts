import { describe, expect, it } from "vitest";
import { emptyJobState, type Job, submit } from "../../../src/index.js";
import { sameSpecification } from "../../../src/lifecycle/rules/same-specification.js";
import { aGroup, aJob, NOW } from "../a-job.js";
import { newest } from "./a-state.js";

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
