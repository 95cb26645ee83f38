import { type Deployment, deploymentStateOf, VerdigrisError } from "../../model/index.js";
import { changing, unchanged } from "../change.js";
import { restartDeadlines } from "../deadlines.js";
import { failDeployment } from "../fail-deployment.js";
import { requireActiveDeployment, requireAllocations } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { failedBy, recordHealth } from "../record-health.js";

/** A user, or whoever watches, says which allocations of a deployment are healthy and which are not. @public */
export interface ReportHealth {
  readonly now: number;
  readonly deploymentId: string;
  /** Ids of healthy allocations. */
  readonly healthy?: readonly string[];
  /** Ids of unhealthy ones; a single one fails the deployment at once. */
  readonly unhealthy?: readonly string[];
}

/**
 * Decides the health of allocations of an active deployment, paused ones included. What is so already changes nothing.
 *
 * @throws VerdigrisError `unknown_deployment`, `deployment_terminal`, `nothing_named`, `contradictory_health`,
 * `unknown_allocation`, `foreign_allocation`
 *
 * @example
 * ```ts
 * const [canary] = canarying.allocations.filter(isCanary);
 * const { changed } = reportHealth(canarying, { deploymentId, healthy: [canary.id], now });
 * changed; // false
 * ```
 *
 * @public
 */
export function reportHealth(state: JobState, event: ReportHealth): Transition {
  const { now, deploymentId, healthy = [], unhealthy = [] } = event;
  const deploymentAt = requireActiveDeployment(state, deploymentId);
  const deployment = state.deployments[deploymentAt];
  if (deployment === undefined) return unchanged(state);
  requireSense(healthy, unhealthy);
  const healthyAt = requireOwn(state, deployment, healthy);
  const unhealthyAt = requireOwn(state, deployment, unhealthy);
  return changing(state, now, (change) => {
    recordHealth(change, deploymentAt, [
      ...healthyAt.map((at) => ({ at, healthy: true })),
      ...unhealthyAt.map((at) => ({ at, healthy: false })),
    ]);
    if (unhealthyAt.length > 0) {
      const wantsRollback = unhealthyAt.some(
        (at) => deploymentStateOf(deployment, state.allocations[at]?.group ?? "")?.autoRevert === true,
      );
      return failedBy(failDeployment(change, deploymentAt, "unhealthy", wantsRollback));
    }
    restartDeadlines(change, deploymentAt);
    return { evaluate: { because: "health_decided" } };
  });
}

function requireSense(healthy: readonly string[], unhealthy: readonly string[]): void {
  if (healthy.length + unhealthy.length === 0) {
    throw new VerdigrisError(
      "nothing_named",
      "No allocation is named; name at least one that is healthy or unhealthy.",
    );
  }
  const both = new Set(healthy);
  const twice = unhealthy.find((id) => both.has(id));
  if (twice === undefined) return;
  throw new VerdigrisError(
    "contradictory_health",
    `Allocation "${twice}" is reported healthy and unhealthy; it is one of them.`,
    { allocationId: twice },
  );
}

function whose(deploymentId: string | undefined): string {
  return deploymentId === undefined
    ? "it belongs to none, and nobody asks for its health."
    : `report it to its own, "${deploymentId}".`;
}

function requireOwn(state: JobState, deployment: Deployment, ids: readonly string[]): number[] {
  const positions = requireAllocations(state, ids);
  for (const at of positions) {
    const allocation = state.allocations[at];
    if (allocation === undefined || allocation.deploymentId === deployment.id) continue;
    throw new VerdigrisError(
      "foreign_allocation",
      `Allocation "${allocation.id}" is none of deployment "${deployment.id}"; ${whose(allocation.deploymentId)}`,
      { allocationId: allocation.id, deploymentId: deployment.id },
    );
  }
  return positions;
}
