import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type Collect,
  collect,
  type Deployment,
  type JobState,
  type Node,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, MINUTE } from "./a-state.js";

const over = { desiredStatus: "stop", clientStatus: "complete", modifiedAt: NOW - MINUTE } as const;

function collected(state: JobState, more: Partial<Collect> = {}): JobState {
  return collect(state, { before: NOW, keepDeployments: 0, now: NOW, ...more }).state;
}

describe("collecting what a batch job has run", () => {
  function left(one: Partial<Allocation>, job: object = {}): number {
    const versions = [aJob({ type: "batch" }), aJob({ type: "batch", version: 1, modifyIndex: 20, ...job })];
    const allocations = [anAllocation(0, { ...over, jobVersion: 1, ...one })];
    return collected(aState({ versions, allocations })).allocations.length;
  }

  it("keeps it while it counts: of the current version of a job that is not stopped", () => {
    expect(left({})).toBe(1);
    expect(left({ jobVersion: 0 })).toBe(0);
    expect(left({ jobCreateIndex: 4 })).toBe(0);
    expect(left({}, { stop: true })).toBe(0);
    const service = aState({ allocations: [anAllocation(0, over)] });
    expect(collected(service).allocations).toEqual([]);
  });
});

describe("collecting a chain", () => {
  it("keeps every link that leads on from one that may come back, and no other", () => {
    const chain = (clientStatus: Allocation["clientStatus"]) =>
      aState({
        allocations: [
          anAllocation(0, { clientStatus, nextAllocation: "b" }),
          anAllocation(0, { ...over, id: "b", nextAllocation: "c" }),
          anAllocation(0, { ...over, id: "c", nextAllocation: "d" }),
          anAllocation(0, { ...over, id: "d", nextAllocation: "collected" }),
          anAllocation(0, { ...over, id: "e" }),
        ],
      });
    expect(collected(chain("unknown")).allocations.map(({ id }) => id)).toEqual([
      "allocation-0",
      "b",
      "c",
      "d",
    ]);
    expect(collected(chain("running")).allocations.map(({ id }) => id)).toEqual(["allocation-0"]);
  });

  it("ends where a chain leads back", () => {
    const state = aState({
      allocations: [
        anAllocation(0, { clientStatus: "unknown", nextAllocation: "b" }),
        anAllocation(0, { ...over, id: "b", nextAllocation: "b" }),
      ],
    });
    expect(collected(state)).toBe(state);
  });
});

describe("collecting deployments", () => {
  function deployment(n: number, more: Partial<Deployment> = {}): Deployment {
    return aDeployment({ id: `d-${n}`, createIndex: 10 + n, status: "failed", jobVersion: n, ...more });
  }

  function left(
    deployments: readonly Deployment[],
    more: Partial<JobState> = {},
    keepDeployments = 0,
  ): string[] {
    const versions = [0, 1, 2, 3].map((version) => aJob({ version, modifyIndex: 10 + version }));
    return collected(aState({ versions, allocations: [], deployments, ...more }), {
      keepDeployments,
    }).deployments.map(({ id }) => id);
  }

  it("keeps the latest, by createIndex and then id, and as many terminal ones as are wanted", () => {
    const three = [deployment(0), deployment(1), deployment(2)];
    expect(left(three)).toEqual(["d-2"]);
    expect(left(three.toReversed())).toEqual(["d-2"]);
    expect(left(three, {}, 2)).toEqual(["d-1", "d-2"]);
    const twins = [deployment(1, { id: "a" }), deployment(1, { id: "b" })];
    expect(left(twins)).toEqual(["b"]);
    expect(left(twins.toReversed())).toEqual(["b"]);
    expect(left([deployment(0), deployment(1), deployment(3, { status: "running" })], {}, 1)).toEqual([
      "d-1",
      "d-3",
    ]);
  });

  it("keeps one that is active", () => {
    expect(left([deployment(0, { status: "paused" }), deployment(1)])).toEqual(["d-0", "d-1"]);
  });

  it("keeps what proves the current version, but not what failed it or proves another registration's", () => {
    const last = deployment(4, { jobVersion: 9 });
    expect(left([deployment(3, { status: "successful" }), last])).toEqual(["d-3", "d-4"]);
    expect(left([deployment(3), last])).toEqual(["d-4"]);
    expect(left([deployment(3, { status: "cancelled" }), last])).toEqual(["d-4"]);
    expect(left([deployment(3, { status: "successful", jobCreateIndex: 4 }), last])).toEqual(["d-4"]);
  });

  it("keeps what proves the version to keep alive, of each group, and no more", () => {
    const successful = (n: number, ...groups: string[]) =>
      deployment(n, {
        status: "successful",
        groups: Object.fromEntries(groups.map((group) => [group, aDeploymentState()])),
      });
    const last = deployment(5, { jobVersion: 3 });
    expect(left([successful(0, "web"), successful(1, "web"), last])).toEqual(["d-1", "d-5"]);
    const versions = [0, 1, 2, 3].map((version) =>
      aJob({
        version,
        modifyIndex: 10 + version,
        groups: version === 1 ? [aGroup()] : [aGroup(), aGroup({ name: "api" })],
      }),
    );
    expect(left([successful(0, "web", "api"), successful(1, "web", "api"), last], { versions })).toEqual([
      "d-0",
      "d-1",
      "d-5",
    ]);
    const pruned = { versions: versions.filter(({ version }) => version !== 1) };
    expect(left([successful(0, "web"), successful(1, "web"), last], pruned)).toEqual(["d-0", "d-5"]);
  });

  it("keeps those with a canary that lives, in any of their groups", () => {
    const groups = {
      api: aDeploymentState(),
      web: aDeploymentState({ placedCanaries: ["gone", "allocation-0"] }),
    };
    const two = [deployment(0, { groups }), deployment(1)];
    expect(left(two, { allocations: [anAllocation(0)] })).toEqual(["d-0", "d-1"]);
    expect(left(two, { allocations: [anAllocation(0, { clientStatus: "failed" })] })).toEqual(["d-1"]);
    expect(left(two, { allocations: [anAllocation(1)] })).toEqual(["d-1"]);
  });

  it("changes nothing where all are kept", () => {
    const state = aState({ deployments: [deployment(0)] });
    expect(collected(state)).toBe(state);
  });
});

describe("collecting nodes", () => {
  function left(nodes: readonly Node[]): string[] {
    return (collected(aState({ nodes })).nodes ?? []).map(({ id }) => id);
  }

  it("forgets one that is gone with its last allocation", () => {
    const nodes: Node[] = [
      { id: "node-0", status: "gone" },
      { id: "node-8", status: "down" },
      { id: "node-9", status: "gone" },
    ];
    expect(left(nodes)).toEqual(["node-0", "node-8"]);
    expect(left(nodes.slice(2))).toEqual([]);
  });

  it("changes nothing where none is forgotten", () => {
    for (const status of ["gone", "down"] as const) {
      const state = aState({ nodes: [{ id: "node-0", status }] });
      expect(collected(state)).toBe(state);
    }
    const state = aState({ nodes: [{ id: "node-9", status: "down" }] });
    expect(collected(state)).toBe(state);
  });
});
