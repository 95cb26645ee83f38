import type { Allocation, Job, Plan, ReconcileInput, TaskGroup } from "../../../src/index.js";
import { reconcile } from "../../../src/index.js";
import { aGroup, aJob, anAllocation, anInput } from "../a-job.js";

/** What a plan does, a line each: `stop a surplus`, `place shop.web[0] missing`, `place shop.web[1] for b lost`. */
export function said(plan: Plan): string[] {
  return plan.actions.map((action) => {
    const words: string[] = [action.kind];
    if ("allocationId" in action) words.push(action.allocationId);
    if ("name" in action) words.push(action.name);
    if (action.kind === "place" || action.kind === "canary") {
      if (action.previousAllocation !== undefined) words.push("for", action.previousAllocation);
    }
    words.push(action.reason.code);
    return words.join(" ");
  });
}

/** What is said of such an input. */
export function saidOf(more: Partial<ReconcileInput>): string[] {
  return said(reconcile(anInput(more)));
}

/** The names that a plan gives to placements, in their order. */
export function namesGiven(plan: Plan): number[] {
  return plan.actions.flatMap((action) =>
    "name" in action ? [Number(action.name.slice(action.name.indexOf("[") + 1, -1))] : [],
  );
}

/** An allocation of another id than its name's. */
export function called(id: string, index: number, more: Partial<Allocation> = {}): Allocation {
  return anAllocation(index, { id, nodeId: `node-of-${id}`, ...more });
}

/** The nodes of those allocations, in that state. */
export function nodesOf(
  status: "down" | "gone" | "disconnected",
  ...ids: string[]
): ReconcileInput["nodes"] & object {
  return ids.map((id) => ({ id: `node-of-${id}`, status }));
}

/** Versions 0 and 1 of the group, of which each has another image. */
export function twoVersions(more: Partial<TaskGroup> = {}, newest: Partial<Job> = {}): Job[] {
  return [0, 1].map((version) =>
    aJob({
      version,
      modifyIndex: 10 + version,
      groups: [aGroup({ tasks: [{ name: "main", config: { image: `image:${version}` } }], ...more })],
      ...(version === 1 ? newest : {}),
    }),
  );
}

/** Its client has not been heard of since. */
export function away(since: number): Partial<Allocation> {
  return { clientStatus: "unknown", clientStatusHistory: [{ status: "unknown", at: since }] };
}
