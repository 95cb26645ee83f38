import type { Allocation, Deployment, Job, ReconcileInput, TaskGroup } from "../../src/index.js";

const NOW = 1_750_000_000_000;

interface Scenario {
  readonly name: string;
  /** At rest: the one with the tighter bounds. */
  readonly isSteady: boolean;
  readonly input: (size: number) => ReconcileInput;
}

function group(count: number, image: string, more: Partial<TaskGroup> = {}): TaskGroup {
  return {
    name: "web",
    count,
    update: { maxParallel: Math.max(1, Math.floor(count / 10)) },
    reschedule: { delay: 30_000, delayFunction: "exponential", maxDelay: 3_600_000, unlimited: true },
    tasks: [{ name: "main", config: { image } }],
    ...more,
  };
}

function job(version: number, count: number, more: Partial<TaskGroup> = {}): Job {
  const groups = [group(count, `image:${version}`, more)];
  return { id: "shop", type: "service", version, createIndex: 1, modifyIndex: 10 + version, groups };
}

/** Ids look like a store's: of one length, in no order. */
function idOf(n: number): string {
  const scrambled = Math.imul(n + 1, 2_654_435_761) >>> 0;
  return `${scrambled.toString(16).padStart(8, "0")}-${n.toString(16).padStart(8, "0")}`;
}

function allocation(n: number, version: number, nodes: number): Allocation {
  return {
    id: idOf(n),
    name: `shop.web[${n}]`,
    jobVersion: version,
    jobCreateIndex: 1,
    group: "web",
    nodeId: `node-${n % nodes}`,
    desiredStatus: "run",
    clientStatus: "running",
    deploymentId: `deploy-${version}`,
    deploymentStatus: { healthy: true },
    createdAt: NOW - 3_600_000,
    modifiedAt: NOW - 3_000_000,
  };
}

function allocations(size: number, version: (n: number) => number): Allocation[] {
  const nodes = Math.max(1, Math.floor(size / 10));
  return Array.from({ length: size }, (_, n) => allocation(n, version(n), nodes));
}

function deployment(version: number, size: number, status: Deployment["status"]): Deployment {
  return {
    id: `deploy-${version}`,
    jobId: "shop",
    jobVersion: version,
    jobCreateIndex: 1,
    jobModifyIndex: 10 + version,
    status,
    groups: {
      web: {
        autoRevert: false,
        autoPromote: false,
        progressDeadline: 600_000,
        promoted: false,
        placedCanaries: [],
        desiredCanaries: 0,
        desiredTotal: size,
        placedAllocs: size,
        healthyAllocs: size,
        unhealthyAllocs: 0,
      },
    },
    createIndex: 20 + version,
  };
}

function input(versions: Job[], all: Allocation[], deployments: Deployment[]): ReconcileInput {
  return { versions, allocations: all, deployments, nodes: [], now: NOW, evaluationId: "eval-1" };
}

/** The states that the bench reconciles. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: "steady",
    isSteady: true,
    input: (size) =>
      input(
        [job(0, size)],
        allocations(size, () => 0),
        [deployment(0, size, "successful")],
      ),
  },
  {
    name: "rolling",
    isSteady: false,
    input: (size) =>
      input(
        [job(0, size), job(1, size)],
        allocations(size, (n) => (n < size / 2 ? 1 : 0)),
        [deployment(0, size, "successful"), deployment(1, size, "running")],
      ),
  },
  {
    name: "canary",
    isSteady: false,
    input: (size) => {
      const update = { maxParallel: 1, canary: Math.ceil(size / 10) };
      return input(
        [job(0, size, { update }), job(1, size, { update })],
        allocations(size, () => 0),
        [deployment(0, size, "successful")],
      );
    },
  },
  {
    name: "nodes lost",
    isSteady: false,
    input: (size) => {
      const lost = Array.from({ length: Math.ceil(size / 200) }, (_, n) => ({
        id: `node-${n}`,
        status: "down" as const,
      }));
      return {
        ...input(
          [job(0, size)],
          allocations(size, () => 0),
          [deployment(0, size, "successful")],
        ),
        nodes: lost,
      };
    },
  },
  {
    name: "first placement",
    isSteady: false,
    input: (size) => input([job(0, size)], [], []),
  },
  {
    name: "stopped",
    isSteady: false,
    input: (size) =>
      input(
        [{ ...job(0, size), stop: true }],
        allocations(size, () => 0),
        [],
      ),
  },
  {
    name: "out of order",
    isSteady: false,
    input: (size) => {
      const all = allocations(size, () => 0);
      all.sort((a, b) => (a.id < b.id ? -1 : 1));
      return input([job(0, size)], all, [deployment(0, size, "successful")]);
    },
  },
];
