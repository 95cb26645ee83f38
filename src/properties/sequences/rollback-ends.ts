import { currentJob, isActive, type Job } from "../../model/index.js";
import { wrong } from "../wrong.js";
import { rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const rollbackEnds: StateProperty = {
  kind: "state",
  name: "rollback-ends",
  sentence:
    "After a rollback that is not gated nobody is asked for anything: time and health alone end it, as long as it runs.",
  anchor: "properties.md#rollback-ends",
  check: (subject) => {
    const job = currentJob(subject.state.versions);
    if (job?.rollbackOf === undefined || job.stop === true || job.groups.some(isGated)) return [];
    const { state } = rest(subject);
    // It failed itself, and led to yet another version.
    if (currentJob(state.versions)?.version !== job.version) return [];
    return state.deployments.flatMap((one) =>
      isActive(one) && one.status === "running" && one.jobVersion === job.version
        ? [
            wrong`the rollback to version ${{ rollbackOf: job.rollbackOf }} rests and is not done: ${{ statusDescription: one.statusDescription }}`,
          ]
        : [],
    );
  },
};

function isGated({ update }: Job["groups"][number]): boolean {
  return update?.rollback === "gated";
}
