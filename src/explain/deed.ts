import type { ClientUpdate } from "../lifecycle/index.js";
import type { Allocation, TaskGroup } from "../model/index.js";

/** What an allocation does at a time. */
export interface Deed {
  readonly at: number;
  readonly allocationId: string;
  readonly does: "start" | "crash" | "report_health" | "stop";
}

/** What its node reports of it. */
export function updateOf(
  one: Allocation,
  does: "start" | "crash" | "stop",
  group: TaskGroup | undefined,
  now: number,
): ClientUpdate {
  const task = {
    start: { state: "running", startedAt: now },
    crash: { state: "dead", failed: true, startedAt: now, finishedAt: now },
    stop: { state: "dead", failed: false, finishedAt: now },
  } as const;
  const status = { start: "running", crash: "failed", stop: "complete" } as const;
  return {
    allocationId: one.id,
    clientStatus: status[does],
    taskStates: Object.fromEntries((group?.tasks ?? []).map(({ name }) => [name, task[does]])),
  };
}
