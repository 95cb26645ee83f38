import type { JobState } from "../../lifecycle/index.js";
import { rollbackTarget } from "../../lifecycle/rules/rollback-target.js";
import { currentJob } from "../../model/index.js";
import { wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const rollback: StepProperty = {
  kind: "step",
  name: "rollback",
  sentence:
    "A rollback goes to the newest stable version of this registration that says something else, as a new version, once per failed deployment.",
  anchor: "properties.md#rollback",
  cost: "one_step",
  check: ({ before, after: { state, rollback: said } }) => {
    const made = newRollback(before, state);
    if (said?.kind !== "rolled_back")
      return made === undefined
        ? []
        : [wrong`version ${{ jobVersion: made }} is a rollback that nobody told of`];
    const target = rollbackTarget(before.versions);
    const failed = state.deployments.filter(
      (is) =>
        is.status === "failed" && before.deployments.find(({ id }) => id === is.id)?.status !== "failed",
    );
    return [
      ...(target.kind === "version" && target.job.version === said.to
        ? []
        : [wrong`rolled back to ${{ to: said.to }}, not to the target`]),
      ...(made === said.version ? [] : [wrong`said version ${{ said: said.version }}, made ${{ made }}`]),
      ...(failed.length === 1
        ? []
        : [wrong`${{ failed: failed.length }} deployments failed for one rollback`]),
    ];
  },
};

function newRollback(before: JobState, after: JobState): number | undefined {
  const is = currentJob(after.versions);
  const was = currentJob(before.versions);
  const isNew = is !== undefined && (is.version !== was?.version || is.createIndex !== was.createIndex);
  return isNew && is.rollbackOf !== undefined ? is.version : undefined;
}
