import {
  type Allocation,
  type Deployment,
  type DeploymentState,
  isVerdigrisError,
  type Job,
  type JobState,
  type PlaceAction,
  type Plan,
  type StopAction,
  type TaskGroup,
  type TaskState,
  type UpdateStrategy,
  type VerdigrisError,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Version 0 and its three running allocations, without a deployment. */
export function aState(more: Partial<JobState> = {}): JobState {
  return {
    index: 50,
    versions: [aJob()],
    allocations: [anAllocation(0), anAllocation(1), anAllocation(2)],
    deployments: [],
    ...more,
  };
}

/** The group `web` with another image: a destructive change. */
export function withImage(image: string, more: Partial<TaskGroup> = {}): TaskGroup {
  return aGroup({ tasks: [{ name: "main", config: { image } }], ...more });
}

export interface Canarying {
  readonly update?: UpdateStrategy;
  readonly deployment?: Partial<Deployment>;
  readonly group?: Partial<DeploymentState>;
  readonly canary?: Partial<Allocation>;
  readonly state?: Partial<JobState>;
}

/** Version 0 is stable and runs three times; version 1 has one canary, healthy unless said otherwise. */
export function canarying({ update, deployment, group, canary, state }: Canarying = {}): JobState {
  const strategy = { maxParallel: 1, canary: 1, autoRevert: true, ...update };
  return aState({
    versions: [
      aJob({ stable: true, groups: [withImage("image:1", { update: strategy })] }),
      aJob({ version: 1, modifyIndex: 20, groups: [withImage("image:2", { update: strategy })] }),
    ],
    allocations: [
      ...[0, 1, 2].map((n) =>
        anAllocation(n, {
          deploymentId: "deploy-0",
          deploymentStatus: { healthy: true, timestamp: NOW - MINUTE },
        }),
      ),
      anAllocation(0, {
        id: "canary-0",
        jobVersion: 1,
        nodeId: "node-9",
        deploymentId: "deploy-1",
        deploymentStatus: { canary: true, healthy: true, timestamp: NOW - MINUTE },
        ...canary,
      }),
    ],
    deployments: [
      aDeployment({
        status: "successful",
        groups: { web: aDeploymentState({ placedAllocs: 3, healthyAllocs: 3 }) },
      }),
      aDeployment({
        id: "deploy-1",
        jobVersion: 1,
        jobModifyIndex: 20,
        createIndex: 21,
        groups: {
          web: aDeploymentState({
            autoRevert: true,
            desiredCanaries: 1,
            placedCanaries: ["canary-0"],
            placedAllocs: 1,
            healthyAllocs: 1,
            requireProgressBy: NOW + MINUTE,
            ...group,
          }),
        },
        ...deployment,
      }),
    ],
    ...state,
  });
}

/** A rolling update without canaries: three allocations of version 0's active deployment, healthy undecided. */
export function rolling(
  group: Partial<DeploymentState> = {},
  allocations: readonly Partial<Allocation>[] = [{}, {}, {}],
  jobGroup: Partial<TaskGroup> = {},
): JobState {
  return aState({
    versions: [aJob({ groups: [aGroup({ update: {}, ...jobGroup })] })],
    allocations: allocations.map((more, n) => anAllocation(n, { deploymentId: "deploy-0", ...more })),
    deployments: [aDeployment({ groups: { web: aDeploymentState({ placedAllocs: 3, ...group }) } })],
  });
}

export function running(startedAt: number, more: Partial<TaskState> = {}): TaskState {
  return { state: "running", startedAt, ...more };
}

/** An empty plan, made from this very state. */
export function aPlan(state: JobState, more: Partial<Plan> = {}): Plan {
  return {
    madeFrom: { evaluationId: "eval-1", index: state.index },
    actions: [],
    groups: {},
    deploymentUpdates: [],
    followUps: [],
    waiting: [],
    ...more,
  };
}

/** Place one more of version 0. */
export function aPlace(index: number, more: Partial<PlaceAction> = {}): PlaceAction {
  return {
    kind: "place",
    reason: { code: "missing", have: 2, need: 3 },
    placement: `web/${index}`,
    group: "web",
    name: `shop.web[${index}]`,
    jobVersion: 0,
    jobCreateIndex: 5,
    version: "current",
    ...more,
  };
}

export function aStop(allocationId: string, more: Partial<StopAction> = {}): StopAction {
  return { kind: "stop", group: "web", allocationId, reason: { code: "surplus", have: 4, need: 3 }, ...more };
}

/** One that is there, or the test is wrong. */
export function the<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("the test expects something that is not there");
  return thing;
}

export function allocationIn(state: JobState, id: string): Allocation {
  return the(state.allocations.find((one) => one.id === id));
}

export function deploymentIn(state: JobState, id: string): Deployment {
  return the(state.deployments.find((one) => one.id === id));
}

export function groupIn(state: JobState, id: string, group = "web"): DeploymentState {
  return the(deploymentIn(state, id).groups[group]);
}

/** The newest version. */
export function newest(state: JobState): Job {
  return the(state.versions.at(-1));
}

export function numbers(state: JobState): number[] {
  return state.versions.map(({ version }) => version);
}

/** Whoever writes to it, anywhere, gets a TypeError. */
export function deeplyFrozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deeplyFrozen);
  }
  return value;
}

/** What the library refuses with; anything else is a failed test. */
export function refusalOf(run: () => unknown): VerdigrisError {
  try {
    run();
  } catch (error) {
    if (isVerdigrisError(error)) return error;
    throw error;
  }
  throw new Error("it was accepted");
}
