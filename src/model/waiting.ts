/** What the rollout of a group waits for. Times are milliseconds since the epoch. @public */
export type Waiting =
  /** Somebody has to promote the canaries (or they promote themselves once all are healthy). */
  | {
      readonly for: "promotion";
      readonly group: string;
      readonly healthyCanaries: number;
      readonly desiredCanaries: number;
      readonly automatic: boolean;
    }
  /** The health of these allocations has to be decided. */
  | { readonly for: "health"; readonly group: string; readonly allocations: readonly string[] }
  /** Some must still be replaced, and no more may change at once. */
  | { readonly for: "free_slot"; readonly group: string; readonly left: number }
  /** The deployment is paused. */
  | { readonly for: "resume"; readonly group: string; readonly deploymentId: string }
  /** The deployment failed: a new version has to come. */
  | { readonly for: "new_version"; readonly group: string; readonly deploymentId: string }
  /** These are rescheduled at a time. */
  | {
      readonly for: "reschedule";
      readonly group: string;
      readonly at: number;
      readonly allocations: readonly string[];
    }
  /** These are lost at a time unless their node comes back. */
  | {
      readonly for: "time_out";
      readonly group: string;
      readonly at: number;
      readonly allocations: readonly string[];
    }
  /** These have to be stopped by their own node first. */
  | {
      readonly for: "client_stop";
      readonly group: string;
      readonly at: number;
      readonly allocations: readonly string[];
    }
  /** Something is missing, and no version is known that may run in its place. */
  | { readonly for: "version_to_keep_alive"; readonly group: string; readonly missing: number };
