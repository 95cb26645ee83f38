import { deploymentStateOf, groupOf } from "../model/index.js";
import { isPlacing } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const lineage: PlanProperty = {
  kind: "plan",
  name: "lineage",
  sentence: "Every placement names a version, a deployment and a group that belong together.",
  anchor: "properties.md#lineage",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const existing = new Map(input.allocations.map((allocation) => [allocation.id, allocation]));
    return plan.actions.filter(isPlacing).flatMap((placing) => {
      const found: Wrong[] = [];
      const version = input.versions.find(
        (job) => job.version === placing.jobVersion && job.createIndex === placing.jobCreateIndex,
      );
      if (version === undefined || groupOf(version, placing.group) === undefined) {
        found.push(
          wrong`${{ name: placing.name }} runs version ${{ jobVersion: placing.jobVersion }}, which has no group ${{ group: placing.group }}`,
        );
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
          found.push(
            wrong`${{ name: placing.name }} of version ${{ jobVersion: placing.jobVersion }} joins ${{ deploymentId: placing.deploymentId }}`,
          );
        }
      }
      const previous = placing.previousAllocation;
      if (previous !== undefined && existing.get(previous)?.group !== placing.group) {
        found.push(
          wrong`${{ name: placing.name }} replaces ${{ previousAllocation: previous }}, which is not of group ${{ group: placing.group }}`,
        );
      }
      return found;
    });
  },
};
