import type { DisconnectPolicy } from "./disconnect-policy.js";
import type { Json } from "./json.js";
import type { ReschedulePolicy } from "./reschedule-policy.js";
import type { Task } from "./task.js";
import { UPDATE_DEFAULTS, type UpdateStrategy } from "./update-strategy.js";

/** How fast a drain may move a group's allocations (Nomad's `migrate` block). Durations are milliseconds. @public */
export type MigrateStrategy = {
  /** How many may be on their way at once. Default 1. */
  readonly maxParallel?: number;
  /** How long one must run to count as healthy outside a deployment. Default 10 s. */
  readonly minHealthyTime?: number;
  readonly healthyDeadline?: number;
  readonly healthCheck?: "checks" | "task_states";
};

/**
 * A set of tasks that run together, `count` times. Everything but the named fields is the orchestrator's own.
 *
 * @public
 */
export interface TaskGroup {
  readonly name: string;
  /** How many allocations there should be. */
  readonly count: number;
  /** At least one; names are unique. */
  readonly tasks: readonly Task[];
  readonly update?: UpdateStrategy;
  readonly reschedule?: ReschedulePolicy;
  readonly disconnect?: DisconnectPolicy;
  readonly migrate?: MigrateStrategy;
  readonly [property: string]: Json | undefined;
}

/**
 * The group's update block if it is a strategy at all: there, and with `maxParallel` above 0.
 *
 * @example
 * ```ts
 * updateStrategyOf({ ...group, update: { maxParallel: 0 } }); // undefined
 * updateStrategyOf({ ...group, update: { canary: 1 } })?.canary; // 1
 * ```
 *
 * @public
 */
export function updateStrategyOf(group: TaskGroup): UpdateStrategy | undefined {
  const update = group.update;
  return update !== undefined && (update.maxParallel ?? UPDATE_DEFAULTS.maxParallel) > 0 ? update : undefined;
}
