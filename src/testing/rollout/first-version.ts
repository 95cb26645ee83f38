import type { JobSpecification } from "../../lifecycle/index.js";
import type { UpdateStrategy } from "../../model/index.js";

/** A group's deadline to make progress, the n-th's n times as long. */
export const PROGRESS = 600_000;

/** The job as it is before anything happens to it. */
export function firstVersion({
  count = 2,
  groups = 1,
  update = {},
}: {
  readonly count?: number;
  readonly groups?: number;
  readonly update?: UpdateStrategy;
}): JobSpecification {
  return {
    id: "job",
    type: "service",
    groups: Array.from({ length: groups }, (_, n) => ({
      name: `g${n}`,
      count,
      tasks: [{ name: "main", config: { image: 0 } }],
      update: {
        maxParallel: 1,
        healthCheck: "manual" as const,
        progressDeadline: PROGRESS * (n + 1),
        ...update,
      },
      reschedule: { delay: 0, delayFunction: "constant" as const, maxDelay: 0, unlimited: true },
    })),
  };
}
