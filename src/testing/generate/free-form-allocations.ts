import {
  type Allocation,
  allocationName,
  type ClientStatusChange,
  type Deployment,
  type Job,
  type Node,
  type RescheduleRecord,
  type TaskState,
} from "../../model/index.js";
import type { Choices } from "./choices.js";

/** When free-form inputs are evaluated. */
export const NOW: number = 1_750_000_000_000;
/** The evaluation that they are; some allocations wait for it. */
export const EVALUATION: string = "eval-now";

/** Allocations of any of the versions, on any of the nodes: some chained, some stopped, some away. */
export function freeFormAllocations(
  choices: Choices,
  versions: readonly Job[],
  deployments: readonly Deployment[],
  nodes: readonly Node[],
): Allocation[] {
  const allocations: Allocation[] = [];
  const many = choices.below(9);
  for (let n = 0; n < many; n++) {
    const job = versions[Math.max(0, versions.length - 1 - choices.of(0, 1, 0, 1, 2))];
    const group = job?.groups[choices.below(job.groups.length)];
    if (job === undefined || group === undefined) continue;
    const id = `allocation-${String(n).padStart(2, "0")}`;
    const deployment = deployments.find(({ jobVersion }) => jobVersion === job.version);
    const previous = allocations.at(-1);
    const chained = previous !== undefined && previous.group === group.name && choices.oneIn(3);
    if (chained) allocations[allocations.length - 1] = { ...previous, nextAllocation: id };
    allocations.push({
      ...oneAllocation(choices, nodes),
      id,
      group: group.name,
      name: allocationName(
        job.id,
        group.name,
        chained && choices.oneIn(2) ? indexOf(previous) : choices.of(n, n, n, choices.below(4)),
      ),
      jobVersion: job.version,
      jobCreateIndex: job.createIndex,
      createdAt: NOW - 3_600_000 + n * 1_000,
      ...(deployment !== undefined && choices.oneIn(2) ? { deploymentId: deployment.id } : {}),
      ...(chained ? { previousAllocation: previous.id } : {}),
    });
  }
  return allocations;
}

function indexOf({ name }: Allocation): number {
  return Number(name.slice(name.lastIndexOf("[") + 1, -1));
}

type Own = Omit<Allocation, "id" | "name" | "group" | "jobVersion" | "jobCreateIndex" | "createdAt">;

function oneAllocation(choices: Choices, nodes: readonly Node[]): Own {
  const node = nodes[choices.below(nodes.length + 2)];
  const isAway = node?.status === "disconnected" || node?.status === "down";
  const clientStatus = isAway
    ? choices.of("running", "unknown", "unknown", "running", "pending", "failed")
    : choices.of(
        "running",
        "running",
        "running",
        "pending",
        "failed",
        "failed",
        "unknown",
        "complete",
        "lost",
      );
  const failedAt = NOW - choices.of(0, 2_000, 20_000, 29_500, 120_000, 7_200_000);
  const healthy = choices.of(true, true, undefined, undefined, false);
  const canary = choices.oneIn(6);
  const transition = {
    ...(choices.oneIn(7) ? { migrate: true } : {}),
    ...(choices.oneIn(7) ? { reschedule: true } : {}),
    ...(choices.oneIn(20) ? { forceReschedule: true } : {}),
    ...(choices.oneIn(20) ? { disableMigrationPlacement: true } : {}),
  };
  const history = someHistory(choices, clientStatus);
  const reschedule = choices.oneIn(4) ? someReschedules(choices, failedAt) : undefined;
  return {
    nodeId: node?.id ?? "node-9",
    desiredStatus: choices.of("run", "run", "run", "run", "run", "stop", "evict"),
    clientStatus,
    modifiedAt: failedAt,
    ...(healthy === undefined && !canary
      ? {}
      : {
          deploymentStatus: { ...(healthy === undefined ? {} : { healthy }), ...(canary ? { canary } : {}) },
        }),
    ...(Object.keys(transition).length === 0 ? {} : { desiredTransition: transition }),
    ...(history === undefined ? {} : { clientStatusHistory: history }),
    ...(reschedule === undefined ? {} : { reschedule }),
    ...(choices.oneIn(4) ? { followUpEvaluationId: choices.of("eval-other", EVALUATION) } : {}),
    ...(choices.oneIn(3) ? { score: choices.below(100) / 100 } : {}),
    ...(choices.oneIn(2) ? { taskStates: { main: someTaskState(choices, clientStatus, failedAt) } } : {}),
  };
}

function someTaskState(choices: Choices, client: Allocation["clientStatus"], finishedAt: number): TaskState {
  const startedAt = NOW - choices.of(10_000, 60_000, 600_000);
  if (client === "running" || client === "unknown") {
    return {
      state: "running",
      ...(choices.oneIn(5) ? {} : { startedAt }),
      ...(choices.oneIn(3) ? { restarts: 1, lastRestartAt: startedAt + 5_000 } : {}),
    };
  }
  if (client === "pending") return { state: "pending" };
  return { state: "dead", failed: client === "failed", startedAt, finishedAt };
}

function someHistory(choices: Choices, client: Allocation["clientStatus"]): ClientStatusChange[] | undefined {
  const at = NOW - choices.of(1_000, 5_000, 60_000, 1_200_000);
  if (client === "unknown") return choices.oneIn(8) ? undefined : [{ status: "unknown", at }];
  if (client === "lost") return choices.oneIn(2) ? [{ status: "lost", at }] : undefined;
  if (!choices.oneIn(5)) return undefined;
  return choices.oneIn(3)
    ? [
        { status: "unknown", at },
        { status: "running", at: at + 500 },
      ]
    : [{ status: "unknown", at }];
}

function someReschedules(choices: Choices, failedAt: number): RescheduleRecord {
  const many = choices.below(4);
  const delays = [5_000, 10_000, 60_000, 5_000];
  return {
    events: Array.from({ length: many }, (_, n) => ({
      at: failedAt - (many - n) * choices.of(30_000, 600_000, 3_600_000),
      previousAllocationId: `gone-${n}`,
      previousNodeId: "node-8",
      delay: delays[(n + choices.below(2)) % 4] ?? 0,
    })),
    ...(choices.oneIn(3) ? { last: "no_placement" as const } : {}),
  };
}
