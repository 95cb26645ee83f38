import type { JobState } from "../../lifecycle/index.js";
import { groupProgress } from "../../lifecycle/rules/progress.js";
import { rollbackTarget } from "../../lifecycle/rules/rollback-target.js";
import type { Deployment } from "../../model/index.js";
import { type Wrong, wrong } from "../wrong.js";
import type { StepCase, StepProperty } from "./sequence.js";

/** @public */
export const time: StepProperty = {
  kind: "step",
  name: "time",
  sentence:
    "A deadline ends a deployment only while it runs, and only when a group of it is behind at its own deadline; waiting for room is not behind where there is nothing to go back to. What came of the rollback that such a group asks for is said. A promotion gives every group that is not done its whole time again, a pause and a resume every group.",
  anchor: "properties.md#time",
  cost: "one_step",
  check: (step) => [
    ...lateOnlyByItsOwn(step),
    ...rollbackIsSaid(step),
    ...promotedInTime(step),
    ...renewed(step),
  ],
};

function lateOnlyByItsOwn({ before, event, after: { state } }: StepCase): Wrong[] {
  if (event.kind !== "tick") return [];
  return state.deployments.flatMap((is) => {
    const was = before.deployments.find(({ id }) => id === is.id);
    if (was === undefined || is.status !== "failed" || was.status === "failed") return [];
    const isLate = Object.keys(was.groups).some((group) => isBehind(before, was, group, event.now));
    if (hasMoreUnhealthy(was, is) || (isLate && was.status === "running")) return [];
    return [
      wrong`${{ deploymentId: is.id }} was ${{ from: was.status }} and failed by a tick without a deadline or an unhealthy allocation`,
    ];
  });
}

/** Its health failed it, whatever its deadlines say. */
function hasMoreUnhealthy(was: Deployment, is: Deployment): boolean {
  return Object.entries(is.groups).some(
    ([group, { unhealthyAllocs }]) => unhealthyAllocs > (was.groups[group]?.unhealthyAllocs ?? 0),
  );
}

/** Where every group that was late asks for a rollback, what came of it is said. */
function rollbackIsSaid({ before, event, after: { state, rollback } }: StepCase): Wrong[] {
  if (event.kind !== "tick" || rollback !== undefined) return [];
  return state.deployments.flatMap((is) => {
    const was = before.deployments.find(({ id }) => id === is.id);
    if (was === undefined || is.status !== "failed" || was.status === "failed") return [];
    if (hasMoreUnhealthy(was, is)) return [];
    const late = Object.keys(was.groups).filter((group) => isBehind(before, was, group, event.now));
    return late.length > 0 && late.every((group) => was.groups[group]?.autoRevert === true)
      ? [
          wrong`${{ deploymentId: is.id }} failed at the deadline of ${{ group: late[0] }}, which asks for a rollback, and nothing is said of it`,
        ]
      : [];
  });
}

/** After a pause, and after a resume, time begins anew. */
function renewed({ before, event, after: { state, changed } }: StepCase): Wrong[] {
  if ((event.kind !== "pause" && event.kind !== "resume") || !changed) return [];
  const is = state.deployments.find(({ id }) => id === event.deploymentId);
  const was = before.deployments.find(({ id }) => id === event.deploymentId);
  if (is === undefined || is.status === was?.status) return [];
  return Object.entries(is.groups).flatMap(([group, { progressDeadline, requireProgressBy }]) =>
    progressDeadline === 0 || requireProgressBy === event.now + progressDeadline
      ? []
      : [
          wrong`after ${{ event: event.kind }} ${{ group }} has until ${{ requireProgressBy }}, not ${{ need: event.now + progressDeadline }}`,
        ],
  );
}

/** Its own time is over, and it lacks something other than room or a promotion; room is no excuse where there is a way back. */
function isBehind(
  { allocations, versions }: JobState,
  deployment: Deployment,
  group: string,
  now: number,
): boolean {
  const { requireProgressBy: by, noRoom = 0 } = deployment.groups[group] ?? {};
  if (by === undefined || by > now) return false;
  if (groupProgress(deployment, group, allocations).kind !== "under_way") return false;
  return noRoom === 0 || rollbackTarget(versions).kind === "version";
}

function promotedInTime({ before, event, after: { state } }: StepCase): Wrong[] {
  return state.deployments.flatMap((is: Deployment) => {
    const was = before.deployments.find(({ id }) => id === is.id);
    const promoted = Object.entries(is.groups).some(
      ([group, own]) => own.promoted && was?.groups[group]?.promoted === false,
    );
    if (!promoted) return [];
    return Object.entries(is.groups).flatMap(([group, own]) => {
      if (own.progressDeadline === 0) return [];
      if (groupProgress(is, group, state.allocations).kind !== "under_way") return [];
      const least = event.now + own.progressDeadline;
      return (own.requireProgressBy ?? 0) >= least
        ? []
        : [
            wrong`${{ deploymentId: is.id }} was promoted and leaves ${{ group }} until ${{ requireProgressBy: own.requireProgressBy }}, not ${{ need: least }}`,
          ];
    });
  });
}
