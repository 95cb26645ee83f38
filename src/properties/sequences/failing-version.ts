import type { JobState } from "../../lifecycle/index.js";
import {
  currentJob,
  isActive,
  isTerminal,
  type Job,
  progressDeadlineOf,
  updateStrategyOf,
} from "../../model/index.js";
import { NOT_ASKED, type Wrong, wrong } from "../wrong.js";
import { CalmHost, rest } from "./rest.js";
import type { StateCase, StateProperty } from "./sequence.js";

/** No rollback needs more rounds. */
const MOST_ROUNDS = 60;

/** @public */
export const failingVersion: StateProperty = {
  kind: "state",
  name: "failing-version",
  sentence:
    "A new version that always fails, or of which nothing is ever heard, with autoRevert ends with the stable specification in count healthy allocations.",
  anchor: "properties.md#failing-version",
  check: (subject) => {
    const { state, now } = rest(subject);
    const job = currentJob(state.versions);
    if (job === undefined || !rollsBack(job) || state.deployments.some(isActive)) return NOT_ASKED;
    const hangs = job.groups.every(hasDeadline);
    return [
      ...afterNewVersion({ ...subject, state, now }, job, "fails"),
      ...(hangs ? afterNewVersion({ ...subject, state, now }, job, "hangs") : []),
    ];
  },
};

/** What comes of a new version of which none ever becomes healthy. */
function afterNewVersion(subject: StateCase, job: Job, how: "fails" | "hangs"): Wrong[] {
  const host = new CalmHost(subject);
  const groups = job.groups.map((group) => ({
    ...group,
    tasks: group.tasks.map((task) => ({ ...task, driver: "failing" })),
  }));
  host.send({ kind: "submit", now: subject.now, job: { ...job, groups } });
  const failing = currentJob(host.state.versions)?.version;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = host.state;
    host.settle();
    host.clients();
    if (how === "fails") host.becomeUnhealthy(failing);
    host.becomeHealthy(how === "hangs" ? failing : undefined);
    if (host.state === before && !host.timePasses()) return notRolledBack(host.state, job);
  }
  return [wrong`it never comes to rest`];
}

function hasDeadline(group: Job["groups"][number]): boolean {
  const update = updateStrategyOf(group);
  return update !== undefined && progressDeadlineOf(update) > 0;
}

/** Every group is rolled back by itself, and nobody is asked. */
function rollsBack(job: Job): boolean {
  if (job.type === "batch" || job.stop === true || job.stable !== true) return false;
  return job.groups.every((group) => {
    const update = updateStrategyOf(group);
    return update?.autoRevert === true && update.rollback !== "gated" && group.count > 0;
  });
}

function notRolledBack(state: JobState, stable: Job): Wrong[] {
  const job = currentJob(state.versions);
  if (job === undefined || job.rollbackOf !== stable.version) {
    return [
      wrong`version ${{ jobVersion: job?.version }} rests, which is no rollback to version ${{ rollbackOf: stable.version }}`,
    ];
  }
  return stable.groups.flatMap(({ name, count }) => {
    const live = state.allocations.filter((one) => one.group === name && !isTerminal(one));
    const own = live.filter(
      (one) => one.jobVersion === job.version && one.deploymentStatus?.healthy === true,
    );
    return live.length === count && own.length === count
      ? []
      : [
          wrong`${{ group: name }} rests with ${{ live: live.length }} live, ${{ have: own.length }} of the rollback healthy, ${{ need: count }} are wanted`,
        ];
  });
}
