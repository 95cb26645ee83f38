import {
  type Allocation,
  type Deployment,
  type DeploymentState,
  deploymentStateOf,
  isActive,
  type Job,
  type Plan,
  type PlannedDeployment,
} from "../../model/index.js";
import { type Change, changeDeployment, changeGroups, deploymentsOf } from "../change.js";
import { describeActive, ENDED } from "../status-description.js";

/** The plan's deployment is made, or what of it changed is. A terminal one never changes again. */
export function applyDeployment(change: Change, planned: PlannedDeployment, job: Job | undefined): void {
  const at = positionOf(change, planned.id);
  const before = deploymentsOf(change)[at];
  if (before === undefined) {
    change.ownDeployments = [...deploymentsOf(change), created(change, planned, job)];
    return;
  }
  if (!isActive(before)) return;
  const added = Object.entries(planned.groups).filter(
    ([group]) => deploymentStateOf(before, group) === undefined,
  );
  if (added.length > 0) {
    const states = added.map(([group, state]) => [group, started(change, state)] as const);
    changeDeployment(change, at, { groups: { ...before.groups, ...Object.fromEntries(states) } });
  }
  changeGroups(
    change,
    at,
    Object.entries(planned.groups).flatMap(([group, state]) => {
      const own = deploymentStateOf(before, group);
      if (own === undefined) return [];
      const { autoRevert, autoPromote, progressDeadline, desiredCanaries, desiredTotal } = state;
      // What clients report stays the state's own; a promotion is never undone.
      const promoted = own.promoted || state.promoted;
      return [
        [group, { autoRevert, autoPromote, progressDeadline, desiredCanaries, desiredTotal, promoted }],
      ];
    }),
  );
  const after = deploymentsOf(change)[at];
  if (after?.status === "running") changeDeployment(change, at, { statusDescription: describeActive(after) });
}

function positionOf(change: Change, deploymentId: string): number {
  return deploymentsOf(change).findIndex(({ id }) => id === deploymentId);
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
  return state.progressDeadline > 0 ? { ...state, requireProgressBy: now + state.progressDeadline } : state;
}

/** New statuses; a successful deployment proves its version. */
export function applyStatuses(change: Change, updates: Plan["deploymentUpdates"]): void {
  for (const { deploymentId, status, description } of updates) {
    const at = positionOf(change, deploymentId);
    const deployment = deploymentsOf(change)[at];
    if (deployment === undefined || !isActive(deployment)) continue;
    changeDeployment(change, at, { status, statusDescription: ENDED[description] });
    if (status !== "successful") continue;
    const proven = change.draft.versions.find(
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

  join({ id, group, deploymentId, deploymentStatus }: Allocation): void {
    if (deploymentId === undefined) return;
    const groups = this.byDeployment.get(deploymentId) ?? new Map<string, Joined>();
    this.byDeployment.set(deploymentId, groups);
    const joined = groups.get(group) ?? { placed: 0, healthy: 0, canaries: [] };
    groups.set(group, joined);
    joined.placed++;
    if (deploymentStatus?.healthy === true) joined.healthy++;
    if (deploymentStatus?.canary === true) joined.canaries.push(id);
  }
}

/** Raises the counters of active deployments; a terminal one's never change (D 21). */
export function countJoined(change: Change, { byDeployment }: Joiners): void {
  for (const [deploymentId, groups] of byDeployment) {
    const at = positionOf(change, deploymentId);
    const deployment = deploymentsOf(change)[at];
    if (deployment === undefined || !isActive(deployment)) continue;
    changeGroups(
      change,
      at,
      [...groups].flatMap(([group, { placed, healthy, canaries }]) => {
        const state = deploymentStateOf(deployment, group);
        if (state === undefined) return [];
        return [
          [
            group,
            {
              placedAllocs: state.placedAllocs + placed,
              healthyAllocs: state.healthyAllocs + healthy,
              ...(canaries.length > 0 ? { placedCanaries: [...state.placedCanaries, ...canaries] } : {}),
            },
          ],
        ];
      }),
    );
  }
}
