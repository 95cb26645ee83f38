import type { JobSpecification, TaskGroup, UpdateStrategy } from "../../../src/index.js";
import type { Scenario, Scripted } from "../../../src/simulate/index.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Three of one group, rolled out one by one, healthy after ten seconds. */
export function shop(
  image: string,
  update: UpdateStrategy = {},
  more: Partial<TaskGroup> = {},
): JobSpecification {
  const tasks = [{ name: "main", config: { image }, resources: { cpu: 100, memory: 100 } }];
  return { id: "shop", type: "service", groups: [{ name: "web", count: 3, tasks, update, ...more }] };
}

export function submitted(at: number, job: JobSpecification): Scripted {
  return { at, event: { kind: "tell", jobId: job.id, request: { kind: "submit", job } } };
}

/** Three machines with room for five each; version 0 at the beginning, version 1 after a minute. */
export function aScenario(more: Partial<Scenario> = {}): Scenario {
  return {
    seed: 1,
    nodes: [1, 2, 3].map((n) => ({ id: `node-${n}`, cpu: 500, memory: 500 })),
    script: [submitted(0, shop("1")), submitted(MINUTE, shop("2"))],
    ...more,
  };
}
