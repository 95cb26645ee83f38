import type { JobState } from "../../lifecycle/index.js";
import {
  currentJob,
  type Deployment,
  isActive,
  isTerminal,
  type Job,
  type TaskGroup,
  tooLargeWith,
} from "../../model/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
import { leftAlone, rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const oneMore: StateProperty = {
  kind: "state",
  name: "one more",
  sentence:
    "Where every group rests with as many as it should have, and no deployment is active or failed, a count that is one higher leads to one more of that group, and as many as before of the others.",
  anchor: "properties.md#one-more",
  check: (subject) => {
    const { state, now } = rest(subject);
    const job = currentJob(state.versions);
    const group = job?.groups[0];
    if (job === undefined || group === undefined || job.stop === true || !isDone(state, job))
      return NOT_ASKED;
    const { decide } = subject;
    const count = group.count + 1;
    if (tooLargeWith([...job.groups, { name: "", count: 1, tasks: [] }]) !== undefined) return NOT_ASKED;
    const scaled = decide.transition(state, { kind: "scale", now, group: group.name, count });
    const after = leftAlone({ state: scaled.state, now, decide });
    return job.groups.flatMap((one) => {
      const need = one === group ? count : one.count;
      const have = live(after.state, one);
      return have === need
        ? []
        : [
            wrong`with one more of ${{ scaled: group.name }}, ${{ group: one.name }} rests with ${{ have }}, ${{ need }} are wanted`,
          ];
    });
  },
};

/** Nothing is under way, was given up, or ended: a new version of a batch job would run that again. */
function isDone(state: JobState, job: Job): boolean {
  const isOver = (one: Deployment): boolean =>
    !isActive(one) && !(one.status === "failed" && isOfVersion(one, job));
  return state.deployments.every(isOver) && job.groups.every((group) => live(state, group) === group.count);
}

function isOfVersion(one: Deployment, job: Job): boolean {
  return one.jobVersion === job.version && one.jobCreateIndex === job.createIndex;
}

function live({ allocations }: JobState, { name }: TaskGroup): number {
  return allocations.filter((one) => one.group === name && !isTerminal(one)).length;
}
