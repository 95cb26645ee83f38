/** What a node reports of one task. Times are milliseconds since the epoch. @public */
export interface TaskState {
  readonly state: "pending" | "running" | "dead";
  readonly failed?: boolean;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly restarts?: number;
  readonly lastRestartAt?: number;
}
