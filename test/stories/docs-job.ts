import { readFileSync } from "node:fs";
import { Rollout } from "../../docs/examples/rollout.js";
import type { JobSpecification, TaskGroup, UpdateStrategy } from "../../src/index.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** The user's job: five instances of the API server, blue/green. */
export function docsJob(
  image: string,
  change: { update?: UpdateStrategy; group?: Partial<TaskGroup> } = {},
): JobSpecification {
  const job = JSON.parse(
    readFileSync(new URL("../../docs/examples/docs-job.json", import.meta.url), "utf8"),
  ) as JobSpecification;
  return {
    ...job,
    groups: job.groups.map((group) => ({
      ...group,
      ...change.group,
      update: { ...group.update, ...change.update },
      tasks: group.tasks.map((task) => ({ ...task, config: { image: `api-server:${image}` } })),
    })),
  };
}

/** Version 0 runs image 1.3 and succeeded. */
export function running13(change: Parameters<typeof docsJob>[1] = {}): Rollout {
  const rollout = new Rollout();
  rollout.tell({ kind: "submit", job: docsJob("1.3", change) });
  rollout.clients();
  if (change.update?.healthCheck === "manual") reportAll(rollout);
  else rollout.until(rollout.now + MINUTE);
  return rollout;
}

/** Everything that is undecided in the current deployment is reported healthy. */
export function reportAll(rollout: Rollout): void {
  const healthy = undecided(rollout);
  rollout.tell({ kind: "report_health", deploymentId: rollout.deployment.id, healthy });
}

export function undecided(rollout: Rollout): string[] {
  return rollout
    .live()
    .filter(
      (one) => one.deploymentId === rollout.deployment.id && one.deploymentStatus?.healthy === undefined,
    )
    .map(({ id }) => id);
}

/** The numbers of the job summary: queued starting running failed complete lost. */
export function summary(rollout: Rollout): string {
  const count = (...statuses: string[]): number =>
    rollout.state.allocations.filter(({ clientStatus }) => statuses.includes(clientStatus)).length;
  return [0, count("pending"), count("running"), count("failed"), count("complete"), count("lost")].join(" ");
}

/** A deployment's row of a group: auto revert, promoted, desired, canaries, placed, healthy, unhealthy. */
export function row(rollout: Rollout, deployment = rollout.deployment): string {
  const state = deployment.groups["api"];
  if (state === undefined) return "none";
  const {
    autoRevert,
    promoted,
    desiredTotal,
    desiredCanaries,
    placedAllocs,
    healthyAllocs,
    unhealthyAllocs,
  } = state;
  return [
    autoRevert,
    promoted,
    desiredTotal,
    desiredCanaries,
    placedAllocs,
    healthyAllocs,
    unhealthyAllocs,
  ].join(" ");
}

/** What the plan line says. */
export function line(rollout: Rollout): string {
  const { groups } = rollout.plan();
  return Object.entries(groups["api"] ?? {})
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .sort()
    .join(", ");
}
