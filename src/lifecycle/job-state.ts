import {
  type Allocation,
  currentJob,
  type Deployment,
  type FollowUp,
  isActive,
  type Job,
  type Node,
} from "../model/index.js";

/**
 * Everything that is known of one job: plain JSON, never changed in place. `reconcile({ ...state, now, evaluationId })`
 * plans for it. The order of the arrays means nothing.
 *
 * @public
 */
export interface JobState {
  /** Raised by one by every event that changes something, and stamped on what it touched. */
  readonly index: number;
  readonly versions: readonly Job[];
  readonly allocations: readonly Allocation[];
  readonly deployments: readonly Deployment[];
  /** Only those worth mentioning: a ready node that does not drain is left out. */
  readonly nodes?: readonly Node[];
  /** Evaluations that are to run at a time of their own; `tick` says when one is due. */
  readonly followUps?: readonly FollowUp[];
  /** When the last applied plan said that its answer changes without an event; `tick` asks to evaluate then. */
  readonly wakeAt?: number;
  /** The last applied plan found no room for something: evaluate again when there is more. */
  readonly waitsForRoom?: true;
  /** The job was purged: its versions and deployments stay only until nothing live refers to them. */
  readonly purged?: true;
}

/**
 * The state of a job that nobody has submitted yet.
 *
 * @example
 * ```ts
 * const { state } = submit(emptyJobState(), { job, now: 0 });
 * state.versions[0]?.version; // 0
 * ```
 *
 * @public
 */
export function emptyJobState(index = 0): JobState {
  return { index, versions: [], allocations: [], deployments: [] };
}

/** The job as far as events go: its current version, none before the first submit and after a purge. */
export function registeredJob(state: JobState): Job | undefined {
  return state.purged === true ? undefined : currentJob(state.versions);
}

/** Whether this deployment is of that version. */
export function isOfVersion(deployment: Deployment, job: Job): boolean {
  return deployment.jobVersion === job.version && deployment.jobCreateIndex === job.createIndex;
}

/** Where the active deployment of the current version stands in the list; -1: there is none. */
export function currentDeploymentAt(deployments: readonly Deployment[], job: Job | undefined): number {
  if (job === undefined || job.stop === true) return -1;
  return deployments.findIndex((deployment) => isActive(deployment) && isOfVersion(deployment, job));
}
