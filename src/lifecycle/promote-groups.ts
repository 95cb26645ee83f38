import { isCanary } from "../model/index.js";
import { allocationsOf, type Change, setAllocation } from "./change.js";
import { renewDeadlines } from "./deadlines.js";
import { describeActive } from "./status-description.js";

/** These groups become promoted: their healthy canaries are ordinary allocations from now on, and deadlines begin anew. */
export function promoteGroups(change: Change, deploymentAt: number, groups: readonly string[]): void {
  const deployment = change.draft.deployments[deploymentAt];
  if (deployment === undefined) return;
  const canaries = new Set<string>();
  for (const group of groups) {
    const state = deployment.groups[group];
    if (state === undefined) continue;
    state.promoted = true;
    for (const id of change.before.deployments[deploymentAt]?.groups[group]?.placedCanaries ?? [])
      canaries.add(id);
  }
  const allocations = allocationsOf(change);
  for (let at = 0; at < allocations.length; at++) {
    const allocation = allocations[at];
    if (allocation === undefined || allocation.deploymentStatus?.healthy !== true || !isCanary(allocation))
      continue;
    if (!canaries.has(allocation.id)) continue;
    const { canary: _, ...deploymentStatus } = allocation.deploymentStatus;
    setAllocation(change, at, { ...allocation, deploymentStatus, modifiedAt: change.now });
  }
  renewDeadlines(change, deploymentAt);
  deployment.statusDescription = describeActive(deployment);
}
