import {
  type Deployment,
  type DeploymentState,
  type DeploymentUpdate,
  isActive,
  isStopped,
  isTerminal,
  type Job,
  type PlannedDeployment,
  updateStrategyOf,
} from "../../model/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { Decisions } from "./decisions.js";

/** The deployment that goes with decisions, for whoever knows no deployments. */
export interface Rollout {
  /** That of the current version, whether or not it is over. */
  readonly current: Deployment | undefined;
  readonly planned: PlannedDeployment | undefined;
  readonly updates: readonly DeploymentUpdate[];
  /** What new and adopted allocations of a group belong to. */
  readonly joined: (group: string) => { readonly deploymentId?: string };
}

/** A deployment a version: the ones before end with it, and it succeeds once its groups are healthy and nothing older runs. */
export function rolloutOf(input: ReconcileInput, job: Job | undefined, decisions: Decisions): Rollout {
  const runs = isStopped(job) || job.type === "batch" ? undefined : job;
  const current = input.deployments.find(
    ({ jobVersion, jobCreateIndex }) => jobVersion === runs?.version && jobCreateIndex === runs.createIndex,
  );
  const isNew = runs !== undefined && current === undefined && changesAnything(decisions);
  const planned = isNew ? createdFor(runs, input.evaluationId) : undefined;
  const open = planned ?? (current !== undefined && isActive(current) ? current : undefined);
  const updates = input.deployments.flatMap((one): DeploymentUpdate[] => {
    if (!isActive(one)) return [];
    const deploymentId = one.id;
    if (runs === undefined) return [{ deploymentId, status: "cancelled", description: "job_stopped" }];
    if (one !== current) return [{ deploymentId, status: "cancelled", description: "newer_version" }];
    return isComplete(one, input, runs, decisions)
      ? [{ deploymentId, status: "successful", description: "successful" }]
      : [];
  });
  return {
    current,
    planned,
    updates,
    joined: (group) =>
      open !== undefined && Object.hasOwn(open.groups, group) ? { deploymentId: open.id } : {},
  };
}

function changesAnything({ adopt = [], place = {} }: Decisions): boolean {
  return adopt.length > 0 || Object.values(place).some((many) => many > 0);
}

function createdFor(job: Job, evaluationId: string): PlannedDeployment | undefined {
  const states = job.groups.flatMap((group): [string, DeploymentState][] => {
    const update = updateStrategyOf(group);
    if (update === undefined || group.count === 0) return [];
    return [
      [
        group.name,
        {
          autoRevert: update.autoRevert ?? false,
          autoPromote: false,
          progressDeadline: update.progressDeadline ?? 0,
          promoted: false,
          placedCanaries: [],
          desiredCanaries: 0,
          desiredTotal: group.count,
          placedAllocs: 0,
          healthyAllocs: 0,
          unhealthyAllocs: 0,
        },
      ],
    ];
  });
  if (states.length === 0) return undefined;
  return {
    kind: "created",
    id: `${evaluationId}.deployment`,
    jobId: job.id,
    jobVersion: job.version,
    jobCreateIndex: job.createIndex,
    jobModifyIndex: job.modifyIndex,
    status: "running",
    groups: Object.fromEntries(states),
    description: "running",
  };
}

function isComplete(
  { id, groups }: Deployment,
  { allocations }: ReconcileInput,
  { version }: Job,
  { stop = [], lost = [], adopt = [], place = {} }: Decisions,
): boolean {
  const ends = new Set([...stop, ...lost]);
  const adopted = new Set(adopt);
  const stays = allocations.filter((one) => !isTerminal(one) && !ends.has(one.id));
  return Object.entries(groups).every(([group, { desiredTotal }]) => {
    const own = stays.filter((one) => one.group === group);
    const healthy = own.filter((one) => one.deploymentId === id && one.deploymentStatus?.healthy === true);
    const isOnlyNew = own.every((one) => one.jobVersion === version && !adopted.has(one.id));
    return isOnlyNew && healthy.length >= desiredTotal && (place[group] ?? 0) === 0;
  });
}
