import { currentJob, type Job, updateStrategyOf } from "../../model/index.js";
import { wrong } from "../wrong.js";
import { rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const convergence: StateProperty = {
  kind: "state",
  name: "convergence",
  sentence:
    "Left alone, with nodes and room back and everything placed healthy, a state comes to rest within 2 x (1 + the largest ceil(count / maxParallel)) + 4 plans, and stays.",
  anchor: "properties.md#convergence",
  check: (subject) => {
    const { isAtRest, reconciles, state } = rest(subject);
    const most = bound(currentJob(state.versions));
    return [
      ...(isAtRest ? [] : [wrong`it never comes to rest`]),
      ...(reconciles <= most ? [] : [wrong`it takes ${{ plans: reconciles }} plans, ${{ most }} are enough`]),
    ];
  },
};

function bound(job: Job | undefined): number {
  const waves = (job?.groups ?? []).map((group) => {
    const parallel = job?.type === "batch" ? undefined : updateStrategyOf(group)?.maxParallel;
    return Math.ceil(group.count / Math.max(1, parallel ?? 1));
  });
  return 2 * (1 + Math.max(0, ...waves)) + 4;
}
