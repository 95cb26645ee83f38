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
    update: { maxParallel: 10 },
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
  return Array.from({ length: size }, (_, n) => asStored(allocation(n, version(n), nodes)));
}

/** As data comes from a store: strings that the engine has not put together itself, and shares with nobody. */
export function asStored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
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

/** A job that was rolled out, and whose allocations are all well. */
function atRest(size: number, more: Partial<TaskGroup> = {}): ReconcileInput {
  const deployments = [deployment(0, size, "successful")];
  return input(
    [job(0, size, more)],
    allocations(size, () => 0),
    deployments,
  );
}

/** A new version was submitted, and nothing is done yet. */
function submitted(size: number, more: Partial<TaskGroup>): ReconcileInput {
  const rested = atRest(size, more);
  return { ...rested, versions: [...rested.versions, job(1, size, more)] };
}

/** Every `nth` allocation is otherwise. */
function otherwise(rested: ReconcileInput, nth: number, change: Partial<Allocation>): ReconcileInput {
  const all = rested.allocations.map((one, n) => (n % nth === 0 ? { ...one, ...change } : one));
  return { ...rested, allocations: all };
}

/** One in a hundred nodes is so; a node has ten allocations. */
function withNodes(rested: ReconcileInput, status: "down" | "disconnected"): ReconcileInput {
  const many = Math.ceil(rested.allocations.length / 1_000);
  return { ...rested, nodes: Array.from({ length: many }, (_, n) => ({ id: `node-${n}`, status })) };
}

/** The same number of allocations in groups of a hundred. */
function inGroups(size: number): ReconcileInput {
  const names = Array.from({ length: Math.ceil(size / 100) }, (_, n) => `web-${n}`);
  const rested = atRest(size);
  const groups = names.map((name) => group(Math.min(100, size), "image:0", { name }));
  const versions = [{ ...job(0, size), groups }];
  const all = rested.allocations.map((one, n) => {
    const name = names[Math.floor(n / 100)] ?? "";
    return asStored({ ...one, group: name, name: `shop.${name}[${n % 100}]` });
  });
  return { ...rested, versions, allocations: all };
}

/** The states that the bench reconciles, each of that many allocations. */
export const SCENARIOS: readonly Scenario[] = [
  { name: "steady", isSteady: true, input: (size) => atRest(size) },
  { name: "first placement", isSteady: false, input: (size) => input([job(0, size)], [], []) },
  {
    name: "rolling",
    isSteady: false,
    input: (size) => ({
      ...submitted(size, {}),
      allocations: allocations(size, (n) => (n < size / 2 ? 1 : 0)),
      deployments: [deployment(0, size, "successful"), deployment(1, size, "running")],
    }),
  },
  {
    name: "blue/green",
    isSteady: false,
    input: (size) => submitted(size, { update: { maxParallel: size, canary: size } }),
  },
  { name: "nodes lost", isSteady: false, input: (size) => withNodes(atRest(size), "down") },
  {
    name: "scale down",
    isSteady: false,
    input: (size) => ({ ...atRest(size), versions: [job(0, Math.ceil(size / 2))] }),
  },
  {
    name: "stopped",
    isSteady: false,
    input: (size) => ({ ...atRest(size), versions: [{ ...job(0, size), stop: true }] }),
  },
  {
    name: "reschedule",
    isSteady: false,
    input: (size) =>
      otherwise(atRest(size), 10, { clientStatus: "failed", deploymentStatus: { healthy: false } }),
  },
  {
    name: "disconnect",
    isSteady: false,
    input: (size) => withNodes(atRest(size, { disconnect: { lostAfter: 3_600_000 } }), "disconnected"),
  },
  { name: "groups of 100", isSteady: false, input: inGroups },
  {
    name: "out of order",
    isSteady: false,
    input: (size) => {
      const rested = atRest(size);
      return { ...rested, allocations: [...rested.allocations].sort((a, b) => (a.id < b.id ? -1 : 1)) };
    },
  },
];
