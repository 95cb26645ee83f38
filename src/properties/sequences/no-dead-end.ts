import type { JobState } from "../../lifecycle/index.js";
import { hasAttemptLeft } from "../../lifecycle/rules/attempt-left.js";
import { mayBePromoted, promotionGate } from "../../lifecycle/rules/promotion-gate.js";
import {
  type Allocation,
  currentJob,
  type Deployment,
  isActive,
  isStopped,
  isTerminal,
  type Job,
  type TaskGroup,
  wantsPromotion,
} from "../../model/index.js";
import { type Wrong, wrong } from "../wrong.js";
import { rest } from "./rest.js";
import type { StateCase, StateProperty } from "./sequence.js";

/** @public */
export const noDeadEnd: StateProperty = {
  kind: "state",
  name: "no-dead-end",
  sentence:
    "Left alone until it rests, a group is as its specification says. Or its deployment waits for a promotion by hand that may be given, or is paused, or failed without a rollback that succeeded and can be submitted again. Or, outside a deployment, allocations failed for good.",
  anchor: "properties.md#no-dead-end",
  check: (subject) => {
    const { state, now } = rest(subject);
    const job = currentJob(state.versions);
    if (isStopped(job)) {
      const live = state.allocations.filter((one) => !isTerminal(one));
      return live.length === 0
        ? []
        : [wrong`the job is stopped and ${{ live: live.length }} allocations live`];
    }
    const deployment = latestOf(state, job);
    if (deployment !== undefined && mayRest(deployment, state, job)) return wrongWayOn(subject, deployment);
    return job.groups.flatMap((group) => wrongGroup(state, job, group, deployment, now));
  },
};

function latestOf({ deployments }: JobState, job: Job): Deployment | undefined {
  return deployments
    .filter((one) => one.jobVersion === job.version && one.jobCreateIndex === job.createIndex)
    .sort((a, b) => b.createIndex - a.createIndex || (a.id < b.id ? 1 : -1))[0];
}

/** Somebody has to act, and can: what waits for a promotion can be promoted, and only what is not stable stays failed. */
function mayRest(deployment: Deployment, { allocations }: JobState, job: Job): boolean {
  if (deployment.status === "failed") return job.stable !== true;
  if (!isActive(deployment)) return false;
  if (deployment.status !== "running") return true;
  const gated = Object.values(deployment.groups).filter(({ desiredCanaries }) => desiredCanaries > 0);
  const waiting = Object.keys(deployment.groups).filter((group) => {
    const own = deployment.groups[group];
    return own !== undefined && wantsPromotion(own);
  });
  return (
    waiting.length > 0 &&
    !gated.every(({ autoPromote }) => autoPromote) &&
    waiting.every((group) => mayBePromoted(promotionGate(deployment, group, allocations)))
  );
}

/** A specification that failed can be submitted again, and is a new try. */
function wrongWayOn(subject: StateCase, deployment: Deployment): Wrong[] {
  if (deployment.status !== "failed") return [];
  const { state, now } = rest(subject);
  const job = currentJob(state.versions);
  if (job === undefined) return [];
  const after = subject.decide.transition(state, { kind: "submit", now, job });
  return after.changed
    ? []
    : [
        wrong`${{ deploymentId: deployment.id }} failed, and to submit version ${{ jobVersion: job.version }} again changes nothing`,
      ];
}

function wrongGroup(
  state: JobState,
  job: Job,
  group: TaskGroup,
  deployment: Deployment | undefined,
  now: number,
): Wrong[] {
  const own = state.allocations.filter((one) => one.group === group.name && one.desiredStatus === "run");
  const live = own.filter((one) => !isTerminal(one));
  const current = live.filter(
    (one) => one.jobVersion === job.version && one.jobCreateIndex === job.createIndex,
  );
  const isInDeployment = deployment !== undefined && isActive(deployment);
  const failedForGood = own.filter(
    (one) =>
      one.clientStatus === "failed" && one.nextAllocation === undefined && !hasAttemptLeft(one, group, now),
  );
  const done = job.type === "batch" ? state.allocations.filter((one) => isDone(one, group)) : [];
  const isWhole = live.length === current.length && current.length + done.length === group.count;
  const isShort =
    live.length === current.length && current.length + done.length + failedForGood.length >= group.count;
  if (isWhole || (isShort && !isInDeployment)) return [];
  return [
    wrong`${{ group: group.name }} rests with ${{ have: current.length }} of version ${{ jobVersion: job.version }} and ${{ others: live.length - current.length }} others, ${{ need: group.count }} are wanted; ${{ failedForGood: failedForGood.length }} failed for good; deployment ${{ status: deployment?.status ?? "none" }}`,
  ];
}

/** What a batch job has run to its end is done; so is what a drain took away for good. */
function isDone(one: Allocation, { name }: TaskGroup): boolean {
  const tookAway = one.desiredTransition?.disableMigrationPlacement === true;
  const isOver = tookAway || (one.desiredStatus === "run" && one.clientStatus === "complete");
  return one.group === name && isTerminal(one) && isOver;
}
