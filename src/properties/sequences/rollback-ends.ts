import type { JobState } from "../../lifecycle/index.js";
import { currentJob, type Deployment, isActive, type Job } from "../../model/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
import { rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const rollbackEnds: StateProperty = {
  kind: "state",
  name: "rollback-ends",
  sentence:
    "After a rollback that is not gated nobody is asked for anything: time and health alone end it, unless somebody pauses it.",
  anchor: "properties.md#rollback-ends",
  check: (subject) => {
    const job = currentJob(subject.state.versions);
    if (job?.rollbackOf === undefined || job.stop === true || job.groups.some(isGated)) return NOT_ASKED;
    // A person stopped it, or it failed.
    if (ofVersion(subject.state, job).some(({ status }) => status === "failed" || status === "paused"))
      return NOT_ASKED;
    const { state } = rest(subject);
    // It failed itself, and led to yet another version.
    if (currentJob(state.versions)?.version !== job.version) return [];
    const left = ofVersion(state, job).filter(isActive);
    return left.map(
      ({ status, statusDescription }) =>
        wrong`the rollback to version ${{ rollbackOf: job.rollbackOf }} rests and is ${{ status }}: ${{ statusDescription }}`,
    );
  },
};

function ofVersion({ deployments }: JobState, job: Job): readonly Deployment[] {
  return deployments.filter(
    ({ jobVersion, jobCreateIndex }) => jobVersion === job.version && jobCreateIndex === job.createIndex,
  );
}

function isGated({ update }: Job["groups"][number]): boolean {
  return update?.rollback === "gated";
}
