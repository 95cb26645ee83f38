import type { JobState } from "../../lifecycle/index.js";
import { isActive, isTerminal, type Job, updateStrategyOf } from "../../model/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
import { leftAlone, rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const moreParallel: StateProperty = {
  kind: "state",
  name: "more parallel",
  sentence:
    "With a larger maxParallel a state takes no more rounds to its rest - plans carried out, and what they placed healthy - and no more plans where nothing is undecided yet.",
  anchor: "properties.md#more-parallel",
  check: (subject) => {
    const { state } = subject;
    const versions = state.versions.map(withMoreParallel);
    if (versions.every((job, at) => job === state.versions[at])) return NOT_ASKED;
    const before = rest(subject);
    const after = leftAlone({ ...subject, state: { ...state, versions } });
    // In the middle of a step the larger one does a part of the next at once: a plan more, and nobody waits for it.
    const morePlans = after.reconciles > before.reconciles && !isUndecided(state);
    return [
      ...(after.rounds <= before.rounds
        ? []
        : [
            wrong`it takes ${{ rounds: after.rounds }} rounds with a larger maxParallel, ${{ most: before.rounds }} without`,
          ]),
      ...(morePlans
        ? [
            wrong`it takes ${{ plans: after.reconciles }} plans with a larger maxParallel, ${{ most: before.reconciles }} without`,
          ]
        : []),
    ];
  },
};

/** Something of an active deployment is not known to be healthy or unhealthy. */
function isUndecided({ allocations, deployments }: JobState): boolean {
  const active = new Set(deployments.filter(isActive).map(({ id }) => id));
  return allocations.some(
    (one) =>
      active.has(one.deploymentId ?? "") && one.deploymentStatus?.healthy === undefined && !isTerminal(one),
  );
}

function withMoreParallel(job: Job): Job {
  if (job.type === "batch" || !job.groups.some((group) => updateStrategyOf(group) !== undefined)) return job;
  const groups = job.groups.map((group) => {
    const update = updateStrategyOf(group);
    return update === undefined
      ? group
      : { ...group, update: { ...update, maxParallel: (update.maxParallel ?? 1) + 1 } };
  });
  return { ...job, groups };
}
