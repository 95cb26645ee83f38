import type { JobState } from "../../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  type Deployment,
  deploymentStateOf,
  groupOf,
  isActive,
  isClientTerminal,
  isServerTerminal,
  isStopped,
  isWaitingToReconnect,
  type Job,
  updateStrategyOf,
} from "../../model/index.js";
import type { Member, SmallGroup } from "./small-group.js";

/** A group as the model sees it, and which allocation each of its members is. */
export interface SeenGroup extends SmallGroup {
  readonly byId: ReadonlyMap<string, Member>;
}

/** What one step led to is where the next begins. */
const known = new WeakMap<JobState, ReadonlyMap<string, SeenGroup>>();

/** What the model sees of a state: group by group. */
export function seenGroups(state: JobState): ReadonlyMap<string, SeenGroup> {
  let seen = known.get(state);
  if (seen === undefined) {
    seen = readGroups(state);
    known.set(state, seen);
  }
  return seen;
}

function readGroups(state: JobState): ReadonlyMap<string, SeenGroup> {
  const job = currentJob(state.versions);
  const allocations = new Map<string, Allocation[]>((job?.groups ?? []).map(({ name }) => [name, []]));
  for (const one of state.allocations) {
    const own = allocations.get(one.group);
    if (own === undefined) allocations.set(one.group, [one]);
    else own.push(one);
  }
  const away = new Set(
    (state.nodes ?? []).flatMap(({ id, status }) =>
      status === "ready" || status === "initializing" ? [] : [id],
    ),
  );
  return new Map([...allocations].map(([name, own]) => [name, seenGroup(name, own, state, job, away)]));
}

function seenGroup(
  name: string,
  allocations: readonly Allocation[],
  { deployments }: JobState,
  job: Job | undefined,
  away: ReadonlySet<string>,
): SeenGroup {
  const group = isStopped(job) ? undefined : groupOf(job, name);
  const update = group === undefined || job?.type === "batch" ? undefined : updateStrategyOf(group);
  const count = group?.count ?? 0;
  const deployment = job === undefined ? undefined : deploymentOf(deployments, job, name);
  const state = deploymentStateOf(deployment, name);
  const byId = membersOf(allocations, away, job?.type === "batch", (one) => ({
    version: one.jobCreateIndex === job?.createIndex ? one.jobVersion : -1,
    health: healthOf(one, deployment),
    canary: isUnproven(one, deployments),
  }));
  return {
    version: job?.version ?? -1,
    count,
    maxParallel: update === undefined ? count : (update.maxParallel ?? 1),
    isKeptUp: job?.type !== "batch" && !isHeldUp(deployments, job),
    status: statusOf(deployment, job),
    wanted: state?.desiredCanaries ?? 0,
    promoted: state?.promoted ?? false,
    members: [...byId.values()],
    byId,
  };
}

function membersOf(
  allocations: readonly Allocation[],
  away: ReadonlySet<string>,
  isBatch: boolean,
  describe: (one: Allocation) => Omit<Member, "presence">,
): ReadonlyMap<string, Member> {
  const byId = new Map(allocations.map((one) => [one.id, one]));
  const members = new Map<string, Member>();
  for (const one of allocations) {
    const presence = presenceOf(one, away, byId, isBatch);
    if (presence !== undefined) members.set(one.id, { ...describe(one), presence });
  }
  return members;
}

/** The latest of that version which has the group. */
function deploymentOf(deployments: readonly Deployment[], job: Job, group: string): Deployment | undefined {
  let latest: Deployment | undefined;
  for (const one of deployments) {
    const isOfIt = one.jobVersion === job.version && one.jobCreateIndex === job.createIndex;
    if (!isOfIt || !Object.hasOwn(one.groups, group)) continue;
    if (latest === undefined || one.createIndex > latest.createIndex) latest = one;
  }
  return latest;
}

/** The rollout of another group holds up all of them. */
function isHeldUp(deployments: readonly Deployment[], job: Job | undefined): boolean {
  return deployments.some(
    (one) =>
      one.jobVersion === job?.version &&
      one.jobCreateIndex === job.createIndex &&
      (one.status === "paused" || (one.status === "failed" && job.stable !== true)),
  );
}

function statusOf(deployment: Deployment | undefined, job: Job | undefined): SmallGroup["status"] {
  // The failed deployment of a version that is stable all the same binds nothing (D 43).
  if (deployment === undefined || (deployment.status === "failed" && job?.stable === true)) return "none";
  const { status } = deployment;
  if (status === "successful" || status === "failed" || status === "cancelled") return status;
  return status === "running" ? "active" : "paused";
}

/** Nothing: the server stopped it, and nobody has to take its place. */
function presenceOf(
  one: Allocation,
  away: ReadonlySet<string>,
  byId: ReadonlyMap<string, Allocation>,
  isBatch: boolean,
): Member["presence"] | undefined {
  if (isServerTerminal(one)) {
    if (one.clientStatus === "lost") {
      if (isReplaced(one, byId)) return undefined;
      return one.followUpEvaluationId === undefined ? "over" : "awaited";
    }
    // Rule 4: what is away and may come back takes a place, whatever it was told.
    const mayComeBack = isWaitingToReconnect(one) && one.clientStatus === "running" && away.has(one.nodeId);
    return mayComeBack ? "leaving" : undefined;
  }
  // What a service's allocation that completed leaves is free (D 42).
  if (!isBatch && (one.clientStatus === "complete" || one.clientStatus === "lost")) return "over";
  const { migrate = false, forceReschedule = false } = one.desiredTransition ?? {};
  const isAway = one.clientStatus === "unknown" || away.has(one.nodeId) || isWaitingToReconnect(one);
  if (!isAway && !isClientTerminal(one) && !migrate && !forceReschedule) return "here";
  // One that runs all the same counts beside the one that took over.
  return one.clientStatus !== "running" && isReplaced(one, byId) ? "over" : "leaving";
}

function healthOf(one: Allocation, deployment: Deployment | undefined): Member["health"] {
  if (isClientTerminal(one)) return "unwatched";
  const healthy = one.deploymentStatus?.healthy;
  if (healthy !== undefined) return healthy ? "healthy" : "unhealthy";
  return one.deploymentId !== undefined && one.deploymentId === deployment?.id ? "undecided" : "unwatched";
}

/** Whether one of those that took over from it is meant to run, or so long ago that it is forgotten. */
function isReplaced({ nextAllocation: next }: Allocation, byId: ReadonlyMap<string, Allocation>): boolean {
  for (let id = next, left = byId.size; id !== undefined && left >= 0; left--) {
    const by = byId.get(id);
    // One that completed holds no place; who is away has its own back.
    if (by === undefined || (!isServerTerminal(by) && by.clientStatus !== "complete")) return true;
    id = by.nextAllocation;
  }
  return false;
}

/** A canary of a deployment that never promoted its group. */
function isUnproven({ id, group, deploymentId }: Allocation, deployments: readonly Deployment[]): boolean {
  return deployments.some((deployment) => {
    const state = deploymentStateOf(deployment, group);
    if (state === undefined || state.promoted || deployment.status === "successful") return false;
    return state.placedCanaries.includes(id) && (isActive(deployment) || deployment.id === deploymentId);
  });
}
