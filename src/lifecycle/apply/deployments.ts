import {
  type Allocation,
  type Deployment,
  type DeploymentState,
  isActive,
  type Job,
  type Plan,
  type PlannedDeployment,
} from "../../model/index.js";
import type { Change } from "../change.js";
import { describeActive, ENDED } from "../status-description.js";

/** The plan's deployment is made, or what of it changed is. A terminal one never changes again. */
export function applyDeployment(change: Change, planned: PlannedDeployment, job: Job | undefined): void {
  const { draft } = change;
  const before = draft.deployments.find(({ id }) => id === planned.id);
  if (before === undefined) {
    draft.deployments.push(created(change, planned, job) as (typeof draft.deployments)[number]);
    return;
  }
  if (!isActive(before)) return;
  for (const [name, state] of Object.entries(planned.groups)) {
    const own = before.groups[name];
    if (own === undefined) {
      before.groups[name] = started(change, state) as NonNullable<typeof own>;
      continue;
    }
    // What clients report stays the state's own; a promotion is never undone.
    own.autoRevert = state.autoRevert;
    own.autoPromote = state.autoPromote;
    own.progressDeadline = state.progressDeadline;
    own.desiredCanaries = state.desiredCanaries;
    own.desiredTotal = state.desiredTotal;
    own.promoted ||= state.promoted;
  }
  const description = describeActive(before);
  if (before.status === "running") before.statusDescription = description;
}

function created({ now, index }: Change, planned: PlannedDeployment, job: Job | undefined): Deployment {
  const { kind: _, description: __, groups, ...rest } = planned;
  const states = Object.fromEntries(
    Object.entries(groups).map(([name, state]) => [name, started({ now }, state)]),
  );
  return {
    ...rest,
    groups: states,
    statusDescription: describeActive({ status: planned.status, groups: states }),
    evaluationPriority: job?.priority ?? 50,
    createIndex: index,
    modifyIndex: index,
    createdAt: now,
    modifiedAt: now,
  };
}

/** A group's progress deadline begins with its deployment, so that none waits for ever (D 20). */
function started({ now }: Pick<Change, "now">, state: DeploymentState): DeploymentState {
  return {
    ...state,
    placedCanaries: [...state.placedCanaries],
    ...(state.progressDeadline > 0 ? { requireProgressBy: now + state.progressDeadline } : {}),
  };
}

/** New statuses; a successful deployment proves its version. */
export function applyStatuses({ draft }: Change, updates: Plan["deploymentUpdates"]): void {
  for (const { deploymentId, status, description } of updates) {
    const deployment = draft.deployments.find(({ id }) => id === deploymentId);
    if (deployment === undefined || !isActive(deployment)) continue;
    deployment.status = status;
    deployment.statusDescription = ENDED[description];
    if (status !== "successful") continue;
    const proven = draft.versions.find(
      ({ version, createIndex }) =>
        version === deployment.jobVersion && createIndex === deployment.jobCreateIndex,
    );
    if (proven !== undefined) proven.stable = true;
  }
}

/** What joined a deployment's group. */
interface Joined {
  placed: number;
  healthy: number;
  readonly canaries: string[];
}

/** Counts what joins which deployment, so that each counter is written once. */
export class Joiners {
  readonly byDeployment: Map<string, Map<string, Joined>> = new Map();

  join({ id, group, deploymentId, deploymentStatus }: Allocation, isHealthy: boolean): void {
    if (deploymentId === undefined) return;
    const groups = this.byDeployment.get(deploymentId) ?? new Map<string, Joined>();
    this.byDeployment.set(deploymentId, groups);
    const joined = groups.get(group) ?? { placed: 0, healthy: 0, canaries: [] };
    groups.set(group, joined);
    joined.placed++;
    if (isHealthy) joined.healthy++;
    if (deploymentStatus?.canary === true) joined.canaries.push(id);
  }
}

/** Raises the counters of active deployments; a terminal one's never change (D 21). */
export function countJoined({ draft }: Change, { byDeployment }: Joiners): void {
  for (const [deploymentId, groups] of byDeployment) {
    const deployment = draft.deployments.find(({ id }) => id === deploymentId);
    if (deployment === undefined || !isActive(deployment)) continue;
    for (const [group, { placed, healthy, canaries }] of groups) {
      const state = deployment.groups[group];
      if (state === undefined) continue;
      state.placedAllocs += placed;
      state.healthyAllocs += healthy;
      if (canaries.length > 0) state.placedCanaries = [...state.placedCanaries, ...canaries];
    }
  }
}
