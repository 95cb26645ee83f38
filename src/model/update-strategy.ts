/** How a node's agent judges that an allocation is healthy. @public */
export type HealthCheck = "checks" | "task_states" | "manual";

/** Whether a version that an automatic rollback registered asks for canaries again. @public */
export type RollbackGate = "ungated" | "gated";

/**
 * How a group's allocations are replaced when the job changes (Nomad's `update` block). All durations are milliseconds.
 *
 * A missing block, or one with `maxParallel: 0`, is *no update strategy*: everything is replaced at once, without a deployment.
 *
 * @public
 */
export type UpdateStrategy = {
  /** How many allocations may change at once. Default 1; 0 means no update strategy. */
  readonly maxParallel?: number;
  /** How many canaries prove a new version before the old one is touched. Default 0. Blue/green is `canary` = `count`. */
  readonly canary?: number;
  /** Roll back to the newest stable version when the deployment fails. Default false. */
  readonly autoRevert?: boolean;
  /** Promote as soon as every canary is healthy. Default false. */
  readonly autoPromote?: boolean;
  /** Whether a rollback wants canaries too. Default `ungated`: it does not wait while the bad version runs. */
  readonly rollback?: RollbackGate;
  /** How long an allocation must be well to count as healthy. Default 10 s. */
  readonly minHealthyTime?: number;
  /** How long an allocation may take to become healthy. Default 5 min. */
  readonly healthyDeadline?: number;
  /** How long the deployment may go without a newly healthy allocation. 0 is none. Default: the larger of 10 min and `healthyDeadline` + 5 min. */
  readonly progressDeadline?: number;
  /** What health is judged by. Default `checks`. */
  readonly healthCheck?: HealthCheck;
  /** Pause between batches of system jobs. Default 30 s. */
  readonly stagger?: number;
};

const MINUTE = 60_000;

/** The defaults of an update block; `progressDeadline` has a rule of its own ({@link progressDeadlineOf}). @public */
export const UPDATE_DEFAULTS: Required<Omit<UpdateStrategy, "progressDeadline">> = {
  maxParallel: 1,
  canary: 0,
  autoRevert: false,
  autoPromote: false,
  rollback: "ungated",
  minHealthyTime: 10_000,
  healthyDeadline: 5 * MINUTE,
  healthCheck: "checks",
  stagger: 30_000,
};

/**
 * The progress deadline in milliseconds, 0 for none. When the block does not say, it is the larger of 10 min and
 * `healthyDeadline` + 5 min, so that no default contradicts a long `healthyDeadline`.
 *
 * @example
 * ```ts
 * progressDeadlineOf({}); // 600_000
 * progressDeadlineOf({ healthyDeadline: 600_000 }); // 900_000
 * ```
 *
 * @public
 */
export function progressDeadlineOf(update: UpdateStrategy): number {
  if (update.progressDeadline !== undefined) return update.progressDeadline;
  return Math.max(10 * MINUTE, (update.healthyDeadline ?? UPDATE_DEFAULTS.healthyDeadline) + 5 * MINUTE);
}
