import { groupsToPromote, type JobEvent, type JobState, nextTick } from "../lifecycle/index.js";
import { type Allocation, currentJob, isActive, isTerminal, latestDeployment } from "../model/index.js";
import { type Moment, sortOf } from "./moment.js";
import { planEvent } from "./silence.js";
import type { EndedBy } from "./wait.js";

/** Something that may happen, and who or what makes it happen. */
export interface Possible {
  readonly by: EndedBy;
  readonly event: JobEvent;
  /** Something goes wrong. */
  readonly isFault?: true;
}

/**
 * What may happen next in a state: the plan is carried out, time passes to where it changes something, an allocation is
 * judged or fails, a node comes back, a person promotes, resumes, fails or goes back. Of allocations that are alike one
 * stands for all.
 */
export function possibleEvents(moment: Moment): Possible[] {
  const { state, now } = moment;
  return [
    ...plansOf(moment),
    ...timeOf(state, now),
    ...clientsOf(state, now),
    ...nodesOf(state, now),
    ...operatorsOf(state, now),
  ];
}

function plansOf(moment: Moment): Possible[] {
  const event = planEvent(moment);
  if (event === undefined) return [];
  // Where there was no room for something, somebody has to make some.
  const needsRoom = moment.state.waitsForRoom === true && event.placements.length > 0;
  return [{ by: needsRoom ? "capacity" : "planner", event }];
}

function timeOf(state: JobState, now: number): Possible[] {
  const at = nextTick(state, now);
  return at === undefined ? [] : [{ by: "clock", event: { kind: "tick", now: at } }];
}

function activeIds({ deployments }: Pick<JobState, "deployments">): ReadonlySet<string> {
  return new Set(deployments.filter(isActive).map(({ id }) => id));
}

function clientsOf(state: JobState, now: number): Possible[] {
  const active = activeIds(state);
  return alike(state, now).flatMap(([one]): Possible[] => {
    const { id, deploymentId, deploymentStatus } = one;
    const updates = [{ allocationId: id, clientStatus: "failed" as const }];
    const fails: Possible = { by: "client", event: { kind: "update_clients", now, updates }, isFault: true };
    const healthy = deploymentStatus?.healthy;
    if (deploymentId === undefined || healthy === true || !active.has(deploymentId)) return [fails];
    const well: Possible = {
      by: "client",
      event: { kind: "report_health", now, deploymentId, healthy: [id] },
    };
    if (healthy === false) return [well, fails];
    return [
      well,
      { by: "client", event: { kind: "report_health", now, deploymentId, unhealthy: [id] }, isFault: true },
      fails,
    ];
  });
}

/** Where several are alike: all of them become healthy at once. */
export function allHealthy({ state, now }: Moment): Possible[] {
  const active = activeIds(state);
  return alike(state, now).flatMap((all): Possible[] => {
    const [{ deploymentId, deploymentStatus }] = all;
    const isDecided = deploymentStatus?.healthy !== undefined;
    if (all.length < 2 || isDecided || deploymentId === undefined || !active.has(deploymentId)) return [];
    const healthy = all.map(({ id }) => id);
    return [{ by: "client", event: { kind: "report_health", now, deploymentId, healthy } }];
  });
}

/** What was placed outside of a deployment starts: nobody judges it, so that running is all there is. */
export function starts({ state, now }: Moment): Possible[] {
  return alike(state, now).flatMap(([one]): Possible[] => {
    if (one.deploymentId !== undefined || one.clientStatus !== "pending") return [];
    const updates = [{ allocationId: one.id, clientStatus: "running" as const }];
    return [{ by: "client", event: { kind: "update_clients", now, updates } }];
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
  const ofDeployments = state.deployments.filter(isActive).flatMap((deployment): Possible[] => {
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
  return [...ofDeployments, ...wayBack(state, now)];
}

/** Where the deployment of the current version failed: to the newest other version that is stable. */
function wayBack({ versions, deployments }: JobState, now: number): Possible[] {
  const job = currentJob(versions);
  const latest = latestDeployment(deployments);
  const isOwn = latest?.jobVersion === job?.version && latest?.jobCreateIndex === job?.createIndex;
  if (job === undefined || latest?.status !== "failed" || !isOwn) return [];
  const [target] = versions
    .filter(
      (one) => one.stable === true && one.createIndex === job.createIndex && one.version !== job.version,
    )
    .sort((a, b) => b.version - a.version);
  if (target === undefined) return [];
  return [{ by: "operator", event: { kind: "revert", now, to: { version: target.version } } }];
}

/** The allocations that live, those together that are of one sort. */
function alike(state: JobState, now: number): [Allocation, ...Allocation[]][] {
  const bySort = new Map<string, [Allocation, ...Allocation[]]>();
  for (const one of state.allocations) {
    if (isTerminal(one)) continue;
    const sort = sortOf(one, state, now);
    const others = bySort.get(sort);
    if (others === undefined) bySort.set(sort, [one]);
    else others.push(one);
  }
  return [...bySort.values()];
}
