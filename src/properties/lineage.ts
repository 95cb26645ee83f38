import { deploymentStateOf, groupOf } from "../model/index.js";
import { isPlacing } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";

/** @public */
export const lineage: PlanProperty = {
  name: "lineage",
  sentence: "Every placement names a version, a deployment and a group that belong together.",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const existing = new Map(input.allocations.map((allocation) => [allocation.id, allocation]));
    return plan.actions.filter(isPlacing).flatMap((placing) => {
      const wrong: string[] = [];
      const version = input.versions.find(
        (job) => job.version === placing.jobVersion && job.createIndex === placing.jobCreateIndex,
      );
      if (version === undefined || groupOf(version, placing.group) === undefined) {
        wrong.push(`${placing.name} runs version ${placing.jobVersion}, which has no group ${placing.group}`);
      }
      if (placing.deploymentId !== undefined) {
        const deployment =
          plan.deployment?.id === placing.deploymentId
            ? plan.deployment
            : input.deployments.find(({ id }) => id === placing.deploymentId);
        if (
          deployment?.jobVersion !== placing.jobVersion ||
          deployment.jobCreateIndex !== placing.jobCreateIndex ||
          deploymentStateOf(deployment, placing.group) === undefined
        ) {
          wrong.push(`${placing.name} of version ${placing.jobVersion} joins ${placing.deploymentId}`);
        }
      }
      const previous = placing.previousAllocation;
      if (previous !== undefined && existing.get(previous)?.group !== placing.group) {
        wrong.push(`${placing.name} replaces ${previous}, which is not of group ${placing.group}`);
      }
      return wrong;
    });
  },
};
