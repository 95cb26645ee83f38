/** One time that an allocation was placed again. Times and durations are milliseconds. @public */
export interface RescheduleEvent {
  readonly at: number;
  readonly previousAllocationId: string;
  readonly previousNodeId: string;
  readonly delay: number;
}

/** How an allocation came to be through reschedules, oldest event first. @public */
export interface RescheduleRecord {
  readonly events: readonly RescheduleEvent[];
  /** Whether the last try found room. */
  readonly last?: "ok" | "no_placement";
}
