import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type Collect,
  collect,
  type Deployment,
  type JobState,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, canarying, MINUTE, numbers, withImage } from "./a-state.js";

const over = { desiredStatus: "stop", clientStatus: "complete", modifiedAt: NOW - MINUTE } as const;

function collected(state: JobState, more: Partial<Collect> = {}): JobState {
  return collect(state, { before: NOW, keepDeployments: 0, now: NOW, ...more }).state;
}

function ids(things: readonly { readonly id: string }[]): string[] {
  return things.map(({ id }) => id);
}

describe("collecting allocations", () => {
  const with3 = (more: Partial<Allocation>) =>
    aState({ allocations: [anAllocation(0), anAllocation(3, more)] });

  it.each<[string, Partial<Allocation>]>([
    ["stopped and complete", over],
    ["stopped and failed", { ...over, clientStatus: "failed" }],
    [
      "failed and replaced",
      { ...over, desiredStatus: "run", clientStatus: "failed", nextAllocation: "allocation-0" },
    ],
  ])("forgets one that is %s", (_, more) => {
    expect(ids(collected(with3(more)).allocations)).toEqual(["allocation-0"]);
  });

  it.each<[string, Partial<Allocation>]>([
    ["runs", {}],
    ["is stopped and still running", { ...over, clientStatus: "running" }],
    ["failed and was not replaced", { ...over, desiredStatus: "run", clientStatus: "failed" }],
    ["ended too lately", { ...over, modifiedAt: NOW }],
    [
      "is lost and its replacement waits for its node",
      {
        ...over,
        clientStatus: "lost",
        followUpEvaluationId: "eval-1",
        clientStatusHistory: [{ status: "lost", at: 1 }],
      },
    ],
  ])("keeps one that %s", (_, more) => {
    const state = with3(more);
    expect(collected(state)).toBe(state);
  });

  it("keeps the replacement that leads on from one that may come back", () => {
    const state = aState({
      allocations: [
        anAllocation(0, { clientStatus: "unknown", nextAllocation: "between" }),
        anAllocation(0, { ...over, id: "between", nextAllocation: "last" }),
        anAllocation(0, { id: "last" }),
      ],
    });
    expect(ids(collected(state).allocations)).toEqual(["allocation-0", "between", "last"]);
  });

  it("keeps what a batch job has run already, or it would run again", () => {
    const done = { ...over, taskStates: { main: { state: "dead" } } } as const;
    const state = aState({ versions: [aJob({ type: "batch" })], allocations: [anAllocation(0, done)] });
    expect(collected(state)).toBe(state);
  });

  it("needs no evaluation, and changes nothing when there is nothing to forget", () => {
    const state = aState();
    const done = collect(state, { before: NOW, keepDeployments: 0, now: NOW });
    expect(done.state).toBe(state);
    expect(done.evaluate).toBeUndefined();
  });
});

describe("collecting deployments", () => {
  /** Failed ones of versions 0.. in that order, version 0's being the oldest. */
  function failed(count: number, more: readonly Deployment[] = []): JobState {
    const old = Array.from({ length: count }, (_, n) =>
      aDeployment({ id: `deploy-${n}`, status: "failed", jobVersion: n, createIndex: 11 + n }),
    );
    return aState({
      versions: [0, 1, 2, 3, 4].map((n) =>
        aJob({ version: n, modifyIndex: 10 + n, groups: [withImage(`${n}`)] }),
      ),
      allocations: [],
      deployments: [...old, ...more],
    });
  }

  it("forgets those that ended, the oldest first", () => {
    const left = ids(collected(failed(4), { keepDeployments: 1 }).deployments);
    expect(left).toContain("deploy-3");
    expect(left).not.toContain("deploy-0");
  });

  it("keeps as many as are to be kept", () => {
    expect(ids(collected(failed(4), { keepDeployments: 4 }).deployments)).toHaveLength(4);
  });

  it("keeps one that is active", () => {
    const state = failed(3, [aDeployment({ id: "active", jobVersion: 4, createIndex: 20 })]);
    expect(ids(collected(state).deployments)).toContain("active");
  });

  it("keeps the one that proves the version to keep alive, however many failed since", () => {
    const proven = aDeployment({ id: "proven", status: "successful", jobVersion: 0, createIndex: 1 });
    expect(ids(collected(failed(4, [proven])).deployments)).toContain("proven");
  });

  it("keeps the one that proves another group", () => {
    const api = { api: aDeploymentState({ promoted: true, desiredCanaries: 1 }) };
    const state = failed(4, [
      aDeployment({ id: "proves web", status: "successful", jobVersion: 1, createIndex: 2 }),
      aDeployment({ id: "proves api", status: "successful", jobVersion: 0, createIndex: 1, groups: api }),
    ]);
    const versions = state.versions.map((job) =>
      aJob({ ...job, groups: [...job.groups, aGroup({ name: "api" })] }),
    );
    expect(ids(collected({ ...state, versions }).deployments)).toEqual(
      expect.arrayContaining(["proves web", "proves api"]),
    );
  });

  it("keeps one whose canaries are still to be cancelled", () => {
    const state = canarying({
      deployment: { status: "failed", jobVersion: 0, createIndex: 6 },
      group: { promoted: false },
    });
    expect(ids(collected(state).deployments)).toContain("deploy-1");
  });
});

describe("collecting versions", () => {
  const versions = Array.from({ length: 8 }, (_, n) => aJob({ version: n, modifyIndex: 10 + n }));

  it("forgets those that nothing live runs any more", () => {
    const state = aState({
      versions,
      allocations: [anAllocation(0, { jobVersion: 0, ...over }), anAllocation(1, { jobVersion: 1 })],
    });
    expect(numbers(collected(state))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
