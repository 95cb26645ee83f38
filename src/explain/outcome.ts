import type { JobState } from "../lifecycle/index.js";
import { currentJob, isActive } from "../model/index.js";

/**
 * What becomes of a rollout, as a text to compare: which version is current, and of its deployments whether they are over
 * and how, and what is promoted.
 */
export function outcomeOf({ versions, deployments }: JobState): string {
  const job = currentJob(versions);
  const told = deployments
    .filter((one) => one.jobVersion === job?.version && one.jobCreateIndex === job.createIndex)
    .map((deployment) => {
      const { id, status, groups } = deployment;
      const promoted = Object.keys(groups).filter((group) => groups[group]?.promoted === true);
      return [id, isActive(deployment) ? "active" : status, promoted];
    });
  return JSON.stringify([job?.version, told]);
}
