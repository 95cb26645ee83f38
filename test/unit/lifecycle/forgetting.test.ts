import { describe, expect, it } from "vitest";
import type { Allocation, Job, JobState } from "../../../src/index.js";
import { changing } from "../../../src/lifecycle/change.js";
import { forgetPurged, pruned } from "../../../src/lifecycle/versions.js";
import { aDeployment, aJob, anAllocation, NOW } from "../a-job.js";
import { aState } from "./a-state.js";

function forgotten(state: JobState) {
  return changing(state, NOW, (change) => {
    forgetPurged(change);
    return {};
  });
}

const ended: Partial<Allocation> = { desiredStatus: "stop", clientStatus: "complete" };

describe("a purged job", () => {
  const followUp = {
    id: "f",
    group: "web",
    at: NOW,
    cause: "reschedule",
    allocations: ["allocation-0"],
  } as const;

  function purged(...allocations: Partial<Allocation>[]): JobState {
    return aState({
      purged: true,
      allocations: allocations.map((one, n) => anAllocation(n, one)),
      deployments: [aDeployment()],
      followUps: [followUp],
      waitsForRoom: true,
      wakeAt: NOW,
    });
  }

  it("stays as it is while something of it is to live", () => {
    const state = purged(ended, {});
    expect(forgotten(state).state).toBe(state);
  });

  it("is forgotten but for what its client has still to end", () => {
    const { state } = forgotten(purged(ended, { desiredStatus: "stop" }, { clientStatus: "failed" }));
    expect(state.allocations.map(({ id }) => id)).toEqual(["allocation-1"]);
    expect({ ...state, allocations: [] }).toStrictEqual({
      index: 51,
      versions: [],
      allocations: [],
      deployments: [],
    });
  });

  it("keeps its list of allocations where it keeps all of them", () => {
    const before = purged({ desiredStatus: "stop" });
    expect(forgotten(before).state.allocations).toBe(before.allocations);
    expect(forgotten({ ...before, deployments: [] }).state.deployments).toEqual([]);
  });
});

describe("an earlier registration", () => {
  const now = aJob({ createIndex: 40, modifyIndex: 40 });
  const then = [aJob(), aJob({ version: 1, modifyIndex: 11 })];
  const deployments = [
    aDeployment({ id: "d-0", status: "failed" }),
    aDeployment({ id: "d-1", status: "successful", jobVersion: 1 }),
    aDeployment({ id: "d-2", jobCreateIndex: 40, status: "successful" }),
  ];

  function left(...allocations: Partial<Allocation>[]) {
    const state = aState({
      versions: [...then, now],
      allocations: allocations.map((one, n) => anAllocation(n, one)),
      deployments,
    });
    const step = forgotten(state).state;
    return [
      step.versions.map(({ createIndex, version }) => `${createIndex}/${version}`),
      step.deployments.map(({ id }) => id),
    ];
  }

  it("is forgotten, with its deployments, but for the versions that something live refers to", () => {
    expect(left({})).toEqual([
      ["5/0", "40/0"],
      ["d-0", "d-2"],
    ]);
    expect(left({ jobVersion: 1 })).toEqual([
      ["5/1", "40/0"],
      ["d-1", "d-2"],
    ]);
    expect(left({ jobCreateIndex: 40 })).toEqual([["40/0"], ["d-2"]]);
    expect(left({}, {}, { jobVersion: 1 })).toEqual([
      ["5/0", "5/1", "40/0"],
      ["d-0", "d-1", "d-2"],
    ]);
    expect(left({ jobVersion: 1 }, { jobCreateIndex: 40, jobVersion: 1 }, {})).toEqual([
      ["5/0", "5/1", "40/0"],
      ["d-0", "d-1", "d-2"],
    ]);
  });

  it.each<[string, Partial<Allocation>, boolean]>([
    ["failed", { clientStatus: "failed" }, true],
    ["failed and replaced", { clientStatus: "failed", nextAllocation: "allocation-9" }, false],
    ["away and replaced", { clientStatus: "unknown", nextAllocation: "allocation-9" }, true],
    ["stopped", { desiredStatus: "stop" }, false],
    ["lost, waiting for its client", { ...ended, clientStatus: "lost", followUpEvaluationId: "f" }, true],
    ["lost", { ...ended, clientStatus: "lost" }, false],
    ["complete, with an evaluation to come", { ...ended, followUpEvaluationId: "f" }, false],
    [
      "lost, waiting and replaced",
      { ...ended, clientStatus: "lost", followUpEvaluationId: "f", nextAllocation: "allocation-9" },
      false,
    ],
  ])("of one that is %s", (_, allocation, isKept) => {
    expect(left(allocation)).toEqual(
      isKept
        ? [
            ["5/0", "40/0"],
            ["d-0", "d-2"],
          ]
        : [["40/0"], ["d-2"]],
    );
  });

  it("keeps a deployment that is active", () => {
    const active = aDeployment({ id: "d-3", jobVersion: 1, status: "running" });
    const state = aState({
      versions: [...then, now],
      allocations: [],
      deployments: [...deployments, active],
    });
    expect(forgotten(state).state.deployments.map(({ id }) => id)).toEqual(["d-2", "d-3"]);
  });

  it("changes nothing where there is none, or where all of it is needed", () => {
    const alone = aState({ deployments });
    expect(forgotten(alone).changed).toBe(false);
    const needed = aState({ versions: [aJob(), now], allocations: [anAllocation(0)], deployments: [] });
    expect(forgotten(needed).state.versions).toBe(needed.versions);
    const list = [aDeployment()];
    const kept = aState({ versions: [aJob(), now], allocations: [anAllocation(0)], deployments: list });
    expect(forgotten(kept).state).toBe(kept);
  });
});

describe("the versions that are kept", () => {
  function job(version: number, more: Partial<Job> = {}): Job {
    return aJob({ version, modifyIndex: 10 + version, ...more });
  }

  function numbersOf(versions: readonly Job[], ...allocations: Allocation[]): number[] {
    return pruned(versions, allocations).map(({ version }) => version);
  }

  const eight = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => job(n));

  function withOne(n: number, more: Partial<Job>): Job[] {
    return eight.map((one) => (one.version === n ? { ...one, ...more } : one));
  }

  it("are the newest six, in whatever order they come", () => {
    expect(numbersOf(eight)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(numbersOf(eight.toReversed())).toEqual([7, 6, 5, 4, 3, 2]);
    expect(pruned(eight.slice(0, 6), [])).toHaveLength(6);
  });

  it("are the newest stable one and five others, but none that says stopped (D 49)", () => {
    expect(numbersOf(withOne(0, { stable: true }))).toEqual([0, 3, 4, 5, 6, 7]);
    expect(numbersOf(withOne(0, { stable: true, stop: true }))).toEqual([2, 3, 4, 5, 6, 7]);
    expect(numbersOf(withOne(6, { stable: true }))).toEqual([2, 3, 4, 5, 6, 7]);
    const two = eight.map((one) => (one.version < 2 ? { ...one, stable: true } : one));
    expect(numbersOf(two)).toEqual([1, 3, 4, 5, 6, 7]);
  });

  it("are those with a tag besides, but not of an earlier registration", () => {
    expect(numbersOf(withOne(0, { tag: "gold" }))).toEqual([0, 2, 3, 4, 5, 6, 7]);
    const earlier = job(3, { createIndex: 2, tag: "gold" });
    expect(pruned([earlier, job(0)], [])).toEqual([job(0)]);
  });

  it("are those that something live refers to besides", () => {
    expect(numbersOf(eight, anAllocation(0, { jobVersion: 1 }))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(numbersOf(eight, anAllocation(0, { jobVersion: 1, ...ended }))).toEqual([2, 3, 4, 5, 6, 7]);
    const earlier = job(3, { createIndex: 2 });
    expect(pruned([earlier, job(0)], [anAllocation(0, { jobVersion: 3, jobCreateIndex: 2 })])).toHaveLength(
      2,
    );
    expect(pruned([earlier, job(0)], [])).toEqual([job(0)]);
  });

  it("are none where there are none", () => {
    expect(pruned([], [])).toEqual([]);
  });
});
