import type { ClientUpdate, JobState } from "../../lifecycle/index.js";
import { type Allocation, isActive } from "../../model/index.js";
import type { Happens } from "./happening.js";
import type { Life } from "./life.js";

/** Nodes start what they were given, and stop what they were told to. */
export const clients: Happens = (life) => {
  const updates = startAndStop(life);
  if (updates.length > 0) life.send({ kind: "update_clients", updates });
};

function startAndStop({ state, now }: Life): ClientUpdate[] {
  return state.allocations.flatMap((one): ClientUpdate[] => {
    const { id, clientStatus, desiredStatus } = one;
    if (isAway(state, one)) return [];
    const isLive = clientStatus === "pending" || clientStatus === "running" || clientStatus === "unknown";
    if (desiredStatus !== "run") return isLive ? [{ allocationId: id, clientStatus: "complete" }] : [];
    if (clientStatus === "unknown") return [{ allocationId: id, clientStatus: "running" }];
    if (clientStatus !== "pending") return [];
    const taskStates = { main: { state: "running" as const, startedAt: now } };
    return [{ allocationId: id, clientStatus: "running", taskStates }];
  });
}

function isAway({ nodes = [] }: JobState, { nodeId }: Allocation): boolean {
  const node = nodes.find(({ id }) => id === nodeId);
  return node !== undefined && node.status !== "ready" && node.status !== "initializing";
}

/** Whatever runs in an active deployment becomes healthy, or only some of it. */
export const healthy: Happens = (life) => {
  clients(life);
  const deployment = life.anyOf(life.state.deployments.filter(isActive));
  if (deployment === undefined) return;
  // Now and then a report comes twice.
  const isNews = !life.choices.oneIn(12);
  const reported = life.alive.filter(
    (one) =>
      one.deploymentId === deployment.id && one.deploymentStatus?.healthy === (isNews ? undefined : true),
  );
  const some = reported.slice(0, life.choices.of(100, 1, 2)).map(({ id }) => id);
  life.send({ kind: "report_health", deploymentId: deployment.id, healthy: some });
};

export const unhealthy: Happens = (life) => {
  const deployment = life.anyOf(life.state.deployments);
  const one = life.anyOf(life.alive);
  if (deployment === undefined || one === undefined) return;
  life.send({
    kind: "report_health",
    deploymentId: one.deploymentId ?? deployment.id,
    unhealthy: [one.id],
    healthy: life.choices.oneIn(8) ? [one.id] : [],
  });
};

/** What runs fails; now and then a report comes of one that ended long ago. */
export const crash: Happens = (life) => {
  const one = life.anyOf(life.choices.oneIn(8) ? life.state.allocations : life.alive);
  if (one !== undefined) life.send({ kind: "update_clients", updates: [ended(one, life.now, true)] });
};

/** What runs ends by itself, and well. */
export const end: Happens = (life) => {
  const one = life.anyOf(life.alive);
  if (one !== undefined) life.send({ kind: "update_clients", updates: [ended(one, life.now, false)] });
};

function ended({ id: allocationId }: Allocation, finishedAt: number, failed: boolean): ClientUpdate {
  const taskStates = { main: { state: "dead" as const, failed, finishedAt } };
  return { allocationId, clientStatus: failed ? "failed" : "complete", taskStates };
}

/** A node says that something runs, whatever was known of it. */
export const revive: Happens = (life) => {
  const one = life.anyOf(life.state.allocations);
  if (one !== undefined)
    life.send({ kind: "update_clients", updates: [{ allocationId: one.id, clientStatus: "running" }] });
};
