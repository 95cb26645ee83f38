import { groupsToPromote, type JobEvent, type JobState, nextTick, transition } from "../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  isActive,
  isTerminal,
  isVerdigrisError,
  placementsOf,
} from "../model/index.js";
import { type ReconcilePolicy, reconcile } from "../reconcile/index.js";
import { hasWork } from "./subject.js";
import type { EndedBy } from "./wait.js";

/** A state at a time. */
export interface Moment {
  readonly state: JobState;
  readonly now: number;
}

/** Something that may happen, and who or what makes it happen. */
export interface Possible {
  readonly by: EndedBy;
  readonly event: JobEvent;
  /** Something goes wrong. */
  readonly isFault?: true;
}

/** Where new allocations go when nobody says: whether there is room is not asked. */
const ANY_NODE = "any-node";

/**
 * What may happen next in a state: the plan is carried out, time passes to where it changes something, an allocation is
 * judged or fails, a node comes back, a person promotes, resumes or fails a deployment. Of allocations that are alike one stands for all.
 */
export function possibleEvents({ state, now }: Moment, policy?: ReconcilePolicy): Possible[] {
  return [
    ...plansOf(state, now, policy),
    ...timeOf(state, now),
    ...clientsOf(state, now),
    ...nodesOf(state, now),
    ...operatorsOf(state, now),
  ];
}

/** The moment after; nothing: the event is refused, or changes nothing. */
export function after({ state, now }: Moment, { event }: Possible): Moment | undefined {
  try {
    const done = transition(state, event);
    const passes = event.now > now;
    return done.changed || passes ? { state: done.state, now: event.now } : undefined;
  } catch (error) {
    if (isVerdigrisError(error)) return undefined;
    throw error;
  }
}

function plansOf(state: JobState, now: number, policy: ReconcilePolicy | undefined): Possible[] {
  const evaluationId = `possible-${state.index}`;
  const plan = reconcile({ ...state, ...(policy && { policy }), now, evaluationId });
  if (!hasWork(plan)) return [];
  const placements = placementsOf(plan).map(({ placement }, n) => ({
    placement,
    allocationId: `${evaluationId}-${n}`,
    nodeId: ANY_NODE,
  }));
  // Where there was no room for something, somebody has to make some.
  const by = state.waitsForRoom === true && placements.length > 0 ? "capacity" : "planner";
  return [{ by, event: { kind: "apply_plan", now, plan, placements } }];
}

function timeOf(state: JobState, now: number): Possible[] {
  const at = nextTick(state, now);
  return at === undefined ? [] : [{ by: "clock", event: { kind: "tick", now: at } }];
}

function clientsOf(state: JobState, now: number): Possible[] {
  const active = new Set(state.deployments.filter(isActive).map(({ id }) => id));
  return unlike(state).flatMap((one): Possible[] => {
    const { id, deploymentId, deploymentStatus } = one;
    const updates = [{ allocationId: id, clientStatus: "failed" as const }];
    const fails: Possible = { by: "client", event: { kind: "update_clients", now, updates }, isFault: true };
    const isJudged = deploymentStatus?.healthy !== undefined;
    if (deploymentId === undefined || isJudged || !active.has(deploymentId)) return [fails];
    return [
      { by: "client", event: { kind: "report_health", now, deploymentId, healthy: [id] } },
      { by: "client", event: { kind: "report_health", now, deploymentId, unhealthy: [id] }, isFault: true },
      fails,
    ];
  });
}

/** Where several are alike: all of them become healthy at once. */
export function allHealthy({ state, now }: Moment): Possible[] {
  const undecided = new Map<string, string[]>();
  for (const one of state.allocations) {
    if (isTerminal(one) || one.deploymentStatus?.healthy !== undefined) continue;
    const alike = undecided.get(sortOf(one));
    if (alike === undefined) undecided.set(sortOf(one), [one.id]);
    else alike.push(one.id);
  }
  const deploymentOf = new Map(state.allocations.map(({ id, deploymentId }) => [id, deploymentId]));
  return [...undecided.values()].flatMap((healthy): Possible[] => {
    const deploymentId = deploymentOf.get(healthy[0] ?? "");
    if (healthy.length < 2 || deploymentId === undefined) return [];
    return [{ by: "client", event: { kind: "report_health", now, deploymentId, healthy } }];
  });
}

function nodesOf(state: JobState, now: number): Possible[] {
  return (state.nodes ?? [])
    .filter(({ status }) => status !== "ready")
    .map((node) => ({
      by: "client",
      event: { kind: "update_node", now, node: { ...node, status: "ready" } },
    }));
}

function operatorsOf(state: JobState, now: number): Possible[] {
  return state.deployments.filter(isActive).flatMap((deployment): Possible[] => {
    const { id: deploymentId, status } = deployment;
    const gated = groupsToPromote(deployment);
    const alone = gated.length > 1 ? gated : [];
    return [
      ...(gated.length > 0
        ? [{ by: "operator", event: { kind: "promote", now, deploymentId } } as const]
        : []),
      ...alone.map(
        (name): Possible => ({
          by: "operator",
          event: { kind: "promote", now, deploymentId, groups: [name] },
        }),
      ),
      ...(status === "paused"
        ? [{ by: "operator", event: { kind: "resume", now, deploymentId } } as const]
        : []),
      { by: "operator", event: { kind: "fail", now, deploymentId } },
    ];
  });
}

/** The allocations that live, one of each sort. */
function unlike({ allocations }: JobState): Allocation[] {
  const bySort = new Map<string, Allocation>();
  for (const one of allocations)
    if (!isTerminal(one) && !bySort.has(sortOf(one))) bySort.set(sortOf(one), one);
  return [...bySort.values()];
}

/** What matters of an allocation for what may follow. */
function sortOf(one: Allocation): string {
  const {
    group,
    jobVersion,
    desiredStatus,
    clientStatus,
    deploymentId,
    deploymentStatus,
    desiredTransition,
  } = one;
  const health = `${deploymentStatus?.healthy}${deploymentStatus?.canary === true}`;
  const replaced = one.nextAllocation !== undefined;
  return `${group} ${jobVersion} ${desiredStatus} ${clientStatus} ${deploymentId} ${health} ${replaced} ${JSON.stringify(desiredTransition)}`;
}

/** A text that two moments share that differ in nothing that matters here: names, ids and times do not. */
export function sortOfMoment({ state, now }: Moment): string {
  const counts = new Map<string, number>();
  for (const one of state.allocations) {
    const isOver = isTerminal(one) && one.desiredStatus !== "run";
    if (!isOver) counts.set(sortOf(one), (counts.get(sortOf(one)) ?? 0) + 1);
  }
  const deployments = state.deployments.map(({ id, status, groups }) => [
    id,
    status,
    ...Object.values(groups).map((group) => [
      group.promoted,
      group.desiredCanaries,
      group.desiredTotal,
      group.requireProgressBy === undefined,
    ]),
  ]);
  const nodes = (state.nodes ?? []).map(({ id, status }) => [id, status]);
  const waits = [nextTick(state, now) === undefined, state.waitsForRoom === true];
  return JSON.stringify([currentJob(state.versions)?.version, [...counts].sort(), deployments, nodes, waits]);
}
