import type { JobState } from "../../lifecycle/index.js";
import { type Deployment, isActive } from "../../model/index.js";
import { type Wrong, wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const counters: StepProperty = {
  kind: "step",
  name: "counters",
  sentence:
    "What an active deployment counts - placed, healthy, unhealthy - is what its allocations say; those that were collected, or run for another deployment since, aside.",
  anchor: "properties.md#counters",
  cost: "one_step",
  check: ({ before, event, after: { state } }) => {
    if (event.kind === "collect") return [];
    return state.deployments.flatMap((is) => {
      const earlier = before.deployments.find(({ id }) => id === is.id);
      if (
        is === earlier ||
        !(isActive(is) || (is.status === "failed" && earlier !== undefined && isActive(earlier)))
      )
        return [];
      return Object.keys(is.groups).flatMap((group) => {
        const was = difference(before, earlier, group);
        const now = difference(state, is, group);
        return isSame(was, now) ? [] : [wrongly(is, group, event.kind, was, now)];
      });
    });
  },
};

/** How far the counters are from what the allocations say. */
interface Difference {
  readonly placed: number;
  readonly healthy: number;
  readonly unhealthy: number;
}

function difference(
  { allocations }: JobState,
  deployment: Deployment | undefined,
  group: string,
): Difference {
  const state = deployment?.groups[group];
  if (deployment === undefined || state === undefined) return { placed: 0, healthy: 0, unhealthy: 0 };
  const own = allocations.filter((one) => one.deploymentId === deployment.id && one.group === group);
  const health = (healthy: boolean): number =>
    own.filter((one) => one.deploymentStatus?.healthy === healthy).length;
  return {
    placed: state.placedAllocs - own.length,
    healthy: state.healthyAllocs - health(true),
    unhealthy: state.unhealthyAllocs - health(false),
  };
}

function isSame(a: Difference, b: Difference): boolean {
  return a.placed === b.placed && a.healthy === b.healthy && a.unhealthy === b.unhealthy;
}

function wrongly({ id }: Deployment, group: string, event: string, was: Difference, now: Difference): Wrong {
  const before = { placedBefore: was.placed, healthyBefore: was.healthy, unhealthyBefore: was.unhealthy };
  return wrong`${{ deploymentId: id }} counts ${{ group }} wrong after ${{ event }}: off by ${{ ...now }}, was ${before}`;
}
