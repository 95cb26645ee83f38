import type {
  Allocation,
  Deployment,
  DeploymentState,
  Job,
  Node,
  Plan,
  ReconcileInput,
} from "../../../src/index.js";
import { isTerminal } from "../../../src/index.js";

/** What a walk keeps of a job: just enough of a server to apply plans. */
export interface ServerState {
  versions: Job[];
  allocations: Allocation[];
  deployments: Deployment[];
  nodes: Node[];
  now: number;
  index: number;
  evaluations: number;
  placed: number;
  /** Follow-up evaluations that are still to come. */
  followUps: { id: string; at: number }[];
}

export function inputOf(state: ServerState, evaluationId: string): ReconcileInput {
  const { versions, allocations, deployments, nodes, now } = state;
  return { versions, allocations, deployments, nodes, now, evaluationId };
}

/** Carries a plan out: every placement that finds room becomes an allocation, chained to the one it replaces. */
export function applyPlan(state: ServerState, plan: Plan, findsRoom: () => boolean): void {
  state.index++;
  applyDeployment(state, plan);
  const placedFor = new Map<string, string>();
  const added: Allocation[] = [];
  const unplaced = new Set<string>();
  for (const action of plan.actions) {
    if (action.kind !== "place" && action.kind !== "canary" && action.kind !== "replace") continue;
    if (!findsRoom()) {
      if (action.previousAllocation !== undefined) unplaced.add(action.previousAllocation);
      continue;
    }
    const id = `allocation-${String(state.placed++).padStart(4, "0")}`;
    const previous = state.allocations.find((one) => one.id === action.previousAllocation);
    if (previous !== undefined) placedFor.set(previous.id, id);
    const isReschedule = "reason" in action && action.reason.code === "rescheduled";
    added.push({
      id,
      name: action.name,
      group: action.group,
      jobVersion: action.jobVersion,
      jobCreateIndex: action.jobCreateIndex,
      nodeId: `node-${state.placed % 5}`,
      desiredStatus: "run",
      clientStatus: "pending",
      createdAt: state.now,
      modifiedAt: state.now,
      ...(action.deploymentId === undefined ? {} : { deploymentId: action.deploymentId }),
      ...(action.kind === "canary" && action.deploymentId !== undefined
        ? { deploymentStatus: { canary: true } }
        : {}),
      ...(previous === undefined ? {} : { previousAllocation: previous.id }),
      ...(previous !== undefined && isReschedule && action.reason.code === "rescheduled"
        ? {
            reschedule: {
              events: [
                ...(previous.reschedule?.events ?? []),
                {
                  at: state.now,
                  previousAllocationId: previous.id,
                  previousNodeId: previous.nodeId,
                  delay: action.reason.delay,
                },
              ].slice(-5),
              last: "ok" as const,
            },
          }
        : {}),
    });
  }
  const byId = new Map(
    plan.actions.flatMap((action) =>
      "allocationId" in action ? [[action.allocationId, action] as const] : [],
    ),
  );
  state.allocations = [
    ...state.allocations.map((allocation) => {
      const action = byId.get(allocation.id);
      const next = placedFor.get(allocation.id);
      const after =
        action === undefined
          ? allocation
          : applied(state.now, allocation, action, unplaced.has(allocation.id));
      return next === undefined ? after : { ...after, nextAllocation: next };
    }),
    ...added,
  ];
  joinDeployments(state, added);
  state.followUps.push(...plan.followUps.map(({ id, at }) => ({ id, at })));
}

type Verdict = Extract<Plan["actions"][number], { allocationId: string }>;

function applied(now: number, allocation: Allocation, action: Verdict, isUnplaced: boolean): Allocation {
  const waits =
    action.followUpEvaluationId === undefined ? {} : { followUpEvaluationId: action.followUpEvaluationId };
  const history = allocation.clientStatusHistory ?? [];
  switch (action.kind) {
    case "stop":
      if (isUnplaced && action.reason.code === "rescheduled") {
        return {
          ...allocation,
          reschedule: { events: allocation.reschedule?.events ?? [], last: "no_placement" },
        };
      }
      return {
        ...allocation,
        ...waits,
        desiredStatus: "stop",
        ...(action.clientStatus === undefined ? {} : { clientStatus: action.clientStatus }),
        ...(action.clientStatus === "lost"
          ? { clientStatusHistory: [...history, { status: "lost" as const, at: now }] }
          : {}),
      };
    case "replace":
      return isUnplaced ? allocation : { ...allocation, ...waits, desiredStatus: "stop" };
    case "update": {
      const { deploymentId: _, deploymentStatus: __, ...rest } = allocation;
      return {
        ...rest,
        ...waits,
        jobVersion: action.jobVersion,
        jobCreateIndex: action.jobCreateIndex,
        ...(action.deploymentId === undefined ? {} : { deploymentId: action.deploymentId }),
        ...(action.disconnect === true ? away(allocation, now) : {}),
      };
    }
    case "disconnect":
      return { ...allocation, ...waits, ...away(allocation, now) };
    case "reconnect": {
      const { followUpEvaluationId: _, ...rest } = allocation;
      return { ...rest, clientStatusHistory: [...history, { status: "running", at: now }] };
    }
    case "ignore":
      return {
        ...allocation,
        ...waits,
        ...(action.clientStatus === undefined ? {} : { clientStatus: action.clientStatus }),
      };
  }
}

function away(allocation: Allocation, now: number): Pick<Allocation, "clientStatus" | "clientStatusHistory"> {
  return {
    clientStatus: "unknown",
    clientStatusHistory: [...(allocation.clientStatusHistory ?? []), { status: "unknown", at: now }],
  };
}

function applyDeployment(state: ServerState, plan: Plan): void {
  if (plan.deployment !== undefined) {
    const { kind: _, description: __, ...deployment } = plan.deployment;
    const before = state.deployments.find(({ id }) => id === deployment.id);
    const after: Deployment = { ...deployment, createIndex: before?.createIndex ?? state.index };
    state.deployments = [...state.deployments.filter(({ id }) => id !== deployment.id), after];
  }
  for (const { deploymentId, status } of plan.deploymentUpdates) {
    state.deployments = state.deployments.map((one) => (one.id === deploymentId ? { ...one, status } : one));
    const done = state.deployments.find(({ id }) => id === deploymentId);
    if (status === "successful" && done !== undefined) {
      state.versions = state.versions.map((job) =>
        job.version === done.jobVersion ? { ...job, stable: true } : job,
      );
    }
  }
}

function joinDeployments(state: ServerState, added: readonly Allocation[]): void {
  for (const { id, group, deploymentId, deploymentStatus } of added) {
    changeState(state, deploymentId, group, (one) => ({
      ...one,
      placedAllocs: one.placedAllocs + 1,
      placedCanaries: deploymentStatus?.canary === true ? [...one.placedCanaries, id] : one.placedCanaries,
    }));
  }
}

export function changeState(
  state: ServerState,
  deploymentId: string | undefined,
  group: string,
  change: (before: DeploymentState) => DeploymentState,
): void {
  state.deployments = state.deployments.map((deployment) => {
    const before = deployment.groups[group];
    if (deployment.id !== deploymentId || before === undefined) return deployment;
    return { ...deployment, groups: { ...deployment.groups, [group]: change(before) } };
  });
}

export function live(state: ServerState): Allocation[] {
  return state.allocations.filter((allocation) => !isTerminal(allocation));
}
