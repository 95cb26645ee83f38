import {
  allocationsOf,
  type Change,
  changeAllocation,
  changeDeployment,
  changeGroups,
  deploymentsOf,
} from "./change.js";
import { renewDeadlines } from "./deadlines.js";
import { describeActive } from "./status-description.js";

/** These groups become promoted: their healthy canaries are ordinary allocations from now on, and deadlines begin anew. */
export function promoteGroups(change: Change, deploymentAt: number, groups: readonly string[]): void {
  const deployment = deploymentsOf(change)[deploymentAt];
  if (deployment === undefined) return;
  changeGroups(
    change,
    deploymentAt,
    groups.map((group) => [group, { promoted: true }]),
  );
  const allocations = allocationsOf(change);
  for (let at = 0; at < allocations.length; at++) {
    const allocation = allocations[at];
    if (allocation?.deploymentStatus?.canary !== true || allocation.deploymentStatus.healthy !== true)
      continue;
    if (allocation.deploymentId !== deployment.id || !groups.includes(allocation.group)) continue;
    const { canary: _, ...deploymentStatus } = allocation.deploymentStatus;
    changeAllocation(change, at, { deploymentStatus, modifiedAt: change.now });
  }
  renewDeadlines(change, deploymentAt);
  const promoted = deploymentsOf(change)[deploymentAt];
  if (promoted !== undefined)
    changeDeployment(change, deploymentAt, { statusDescription: describeActive(promoted) });
}
