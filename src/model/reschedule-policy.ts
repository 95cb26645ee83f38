/** How the delay grows from one reschedule to the next. @public */
export type DelayFunction = "constant" | "exponential" | "fibonacci";

/**
 * Whether and when a failed allocation is placed again elsewhere (Nomad's `reschedule` block). All durations are
 * milliseconds. A group without the block is never rescheduled; {@link RESCHEDULE_DEFAULTS} are what a specification
 * gets when it is submitted without one.
 *
 * @public
 */
export type ReschedulePolicy = {
  /** How many reschedules are allowed within `interval`. Ignored when `unlimited`. */
  readonly attempts?: number;
  /** The window that `attempts` counts in. */
  readonly interval?: number;
  /** The first delay. */
  readonly delay?: number;
  readonly delayFunction?: DelayFunction;
  /** No delay is longer. 0 is no limit. */
  readonly maxDelay?: number;
  readonly unlimited?: boolean;
};

/** What a service or batch specification gets when it is submitted without a reschedule block. @public */
export const RESCHEDULE_DEFAULTS: {
  readonly service: Required<ReschedulePolicy>;
  readonly batch: Required<ReschedulePolicy>;
} = {
  service: {
    attempts: 0,
    interval: 0,
    delay: 30_000,
    delayFunction: "exponential",
    maxDelay: 3_600_000,
    unlimited: true,
  },
  batch: {
    attempts: 1,
    interval: 86_400_000,
    delay: 5_000,
    delayFunction: "constant",
    maxDelay: 0,
    unlimited: false,
  },
};
