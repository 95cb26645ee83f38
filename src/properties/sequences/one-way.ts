import type { JobState } from "../../lifecycle/index.js";
import { currentJob, isActive, isClientTerminal } from "../../model/index.js";
import { type Wrong, wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const oneWay: StepProperty = {
  kind: "step",
  name: "one-way",
  sentence:
    "A promotion is never undone, a deployment that ended never changes again, an allocation that ended never runs again, and versions only grow.",
  anchor: "properties.md#one-way",
  cost: "one_step",
  check: ({ before, after: { state } }) => [
    ...deployments(before, state),
    ...allocations(before, state),
    ...versions(before, state),
  ],
};

function deployments(before: JobState, after: JobState): Wrong[] {
  return before.deployments.flatMap((was) => {
    const is = after.deployments.find(({ id }) => id === was.id);
    if (is === undefined || is === was) return [];
    if (!isActive(was)) return [wrong`${{ deploymentId: was.id }} was ${{ from: was.status }}, and changed`];
    return Object.entries(was.groups).flatMap(([group, state]) =>
      state.promoted && is.groups[group]?.promoted !== true
        ? [wrong`${{ deploymentId: was.id }} takes the promotion of ${{ group }} back`]
        : [],
    );
  });
}

function allocations(before: JobState, after: JobState): Wrong[] {
  const now = new Map(after.allocations.map((allocation) => [allocation.id, allocation]));
  return before.allocations.flatMap((was) => {
    const is = now.get(was.id);
    if (is === undefined || is === was) return [];
    const found: Wrong[] = [];
    if (isClientTerminal(was) && !isClientTerminal(is))
      found.push(
        wrong`${{ allocationId: was.id }} was ${{ from: was.clientStatus }} and is ${{ to: is.clientStatus }}`,
      );
    if (was.desiredStatus !== "run" && is.desiredStatus === "run")
      found.push(wrong`${{ allocationId: was.id }} was stopped and is to run`);
    return found;
  });
}

function versions(before: JobState, after: JobState): Wrong[] {
  const was = currentJob(before.versions);
  const is = currentJob(after.versions);
  if (was === undefined || is === undefined) return [];
  return is.createIndex < was.createIndex || (is.createIndex === was.createIndex && is.version < was.version)
    ? [wrong`version ${{ from: was.version }} was current, and ${{ to: is.version }} is`]
    : [];
}
