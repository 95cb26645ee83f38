import type { JobState } from "../../lifecycle/index.js";
import { type Deployment, isActive } from "../../model/index.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const counters: StepProperty = {
  name: "counters",
  sentence:
    "What an active deployment counts - placed, healthy, unhealthy - is what its allocations say; those that were collected, or run for another deployment since, aside.",
  check: ({ before, event, after: { state } }) => {
    if (event.kind === "collect") return [];
    return state.deployments.flatMap((is) => {
      const was = before.deployments.find(({ id }) => id === is.id);
      if (!isActive(is) || is === was) return [];
      return Object.keys(is.groups).flatMap((group) => {
        const off = difference(before, was, group);
        const now = difference(state, is, group);
        return off.every((value, at) => value === now[at])
          ? []
          : [
              `${is.id} counts ${group} wrong after ${event.kind}: off by ${now.join(", ")}, was ${off.join(", ")}`,
            ];
      });
    });
  },
};

/** How far the counters are from what the allocations say: placed, healthy, unhealthy. */
function difference({ allocations }: JobState, deployment: Deployment | undefined, group: string): number[] {
  const state = deployment?.groups[group];
  if (deployment === undefined || state === undefined) return [0, 0, 0];
  const own = allocations.filter((one) => one.deploymentId === deployment.id && one.group === group);
  const health = (healthy: boolean): number =>
    own.filter((one) => one.deploymentStatus?.healthy === healthy).length;
  return [
    state.placedAllocs - own.length,
    state.healthyAllocs - health(true),
    state.unhealthyAllocs - health(false),
  ];
}
