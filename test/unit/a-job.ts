import type {
  Allocation,
  Deployment,
  DeploymentState,
  Job,
  ReconcileInput,
  TaskGroup,
} from "../../src/index.js";

export const NOW = 1_750_000_000_000;

/** A group `web` of three; everything can be said otherwise. */
export function aGroup(more: Partial<TaskGroup> = {}): TaskGroup {
  return { name: "web", count: 3, tasks: [{ name: "main", config: { image: "image:1" } }], ...more };
}

export function aJob(more: Partial<Job> = {}): Job {
  return {
    id: "shop",
    type: "service",
    version: 0,
    createIndex: 5,
    modifyIndex: 10,
    groups: [aGroup()],
    ...more,
  };
}

export function anAllocation(index: number, more: Partial<Allocation> = {}): Allocation {
  return {
    id: `allocation-${index}`,
    name: `shop.web[${index}]`,
    jobVersion: 0,
    jobCreateIndex: 5,
    group: "web",
    nodeId: `node-${index}`,
    desiredStatus: "run",
    clientStatus: "running",
    createdAt: NOW - 600_000,
    modifiedAt: NOW - 600_000,
    ...more,
  };
}

export function aDeploymentState(more: Partial<DeploymentState> = {}): DeploymentState {
  return {
    autoRevert: false,
    autoPromote: false,
    progressDeadline: 600_000,
    promoted: false,
    placedCanaries: [],
    desiredCanaries: 0,
    desiredTotal: 3,
    placedAllocs: 0,
    healthyAllocs: 0,
    unhealthyAllocs: 0,
    ...more,
  };
}

export function aDeployment(more: Partial<Deployment> = {}): Deployment {
  return {
    id: "deploy-0",
    jobId: "shop",
    jobVersion: 0,
    jobCreateIndex: 5,
    jobModifyIndex: 10,
    status: "running",
    groups: { web: aDeploymentState() },
    createIndex: 11,
    ...more,
  };
}

/** Three running allocations of version 0. */
export function anInput(more: Partial<ReconcileInput> = {}): ReconcileInput {
  return {
    versions: [aJob()],
    allocations: [anAllocation(0), anAllocation(1), anAllocation(2)],
    deployments: [],
    now: NOW,
    evaluationId: "eval-1",
    ...more,
  };
}
