import type { JobState } from "../../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  isActive,
  isCanary,
  isTerminal,
  nameIndex,
  type TaskGroup,
} from "../../model/index.js";
import { NOT_ASKED, type Wrong, wrong } from "../wrong.js";
import { rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const namesAtRest: StateProperty = {
  kind: "state",
  name: "names at rest",
  sentence:
    "A group that rests with as many as it should have, with no deployment under way, bears the names 0 to count - 1, each once, where all of them were borne before.",
  anchor: "properties.md#names-at-rest",
  check: (subject) => {
    // Who comes back may find its name borne by another.
    if ((subject.state.nodes ?? []).length > 0) return NOT_ASKED;
    const { state } = rest(subject);
    const job = currentJob(state.versions);
    if (job === undefined || job.stop === true || job.type === "batch" || state.deployments.some(isActive))
      return NOT_ASKED;
    return job.groups.flatMap((group) => (isWellNamed(subject.state, group) ? wrongNames(state, group) : []));
  },
};

/** Nothing is moved for the sake of a name: a gap or twins of before may stay. */
function isWellNamed(state: JobState, group: TaskGroup): boolean {
  const names = liveNames(state, group).filter((one) => !isCanary(one));
  return names.length >= group.count && names.every(({ name }, at) => nameIndex(name) === at);
}

function wrongNames(state: JobState, group: TaskGroup): Wrong[] {
  const names = liveNames(state, group).map(({ name }) => nameIndex(name));
  if (names.length !== group.count || names.every((name, at) => name === at)) return [];
  return [
    wrong`group ${{ group: group.name }} rests with the names ${{ names: names.join() }} of ${{ need: group.count }}`,
  ];
}

/** Who lives, in the order of the names. */
function liveNames({ allocations }: JobState, { name }: TaskGroup): readonly Allocation[] {
  return allocations
    .filter((one) => one.group === name && !isTerminal(one))
    .sort((a, b) => nameIndex(a.name) - nameIndex(b.name));
}
