import type { JobState } from "../../lifecycle/index.js";
import { currentJob, isActive, isClientTerminal } from "../../model/index.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const oneWay: StepProperty = {
  name: "one-way",
  sentence:
    "A promotion is never undone, a deployment that ended never changes again, an allocation that ended never runs again, and versions only grow.",
  check: ({ before, after: { state } }) => [
    ...deployments(before, state),
    ...allocations(before, state),
    ...versions(before, state),
  ],
};

function deployments(before: JobState, after: JobState): string[] {
  return before.deployments.flatMap((was) => {
    const is = after.deployments.find(({ id }) => id === was.id);
    if (is === undefined || is === was) return [];
    if (!isActive(was)) return [`${was.id} was ${was.status}, and changed`];
    return Object.entries(was.groups).flatMap(([group, state]) =>
      state.promoted && is.groups[group]?.promoted !== true
        ? [`${was.id} takes the promotion of ${group} back`]
        : [],
    );
  });
}

function allocations(before: JobState, after: JobState): string[] {
  const now = new Map(after.allocations.map((allocation) => [allocation.id, allocation]));
  return before.allocations.flatMap((was) => {
    const is = now.get(was.id);
    if (is === undefined || is === was) return [];
    const wrong: string[] = [];
    if (isClientTerminal(was) && !isClientTerminal(is))
      wrong.push(`${was.id} was ${was.clientStatus} and is ${is.clientStatus}`);
    if (was.desiredStatus !== "run" && is.desiredStatus === "run")
      wrong.push(`${was.id} was stopped and is to run`);
    return wrong;
  });
}

function versions(before: JobState, after: JobState): string[] {
  const was = currentJob(before.versions);
  const is = currentJob(after.versions);
  if (was === undefined || is === undefined) return [];
  return is.createIndex < was.createIndex || (is.createIndex === was.createIndex && is.version < was.version)
    ? [`version ${was.version} was current, and ${is.version} is`]
    : [];
}
