/** How an allocation is, for as long as a span lasts. @public */
export type Phase =
  /** Asked for, not running yet. */
  | "pending"
  /** Its health is not decided. */
  | "running"
  | "healthy"
  | "unhealthy"
  /** The server wants it stopped, and its node has not done so yet. */
  | "stopping"
  /** Its node is away. */
  | "unknown";

/** A stretch of an allocation's life in which nothing about it changed. @public */
export interface Span {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly phase: Phase;
  readonly version: number;
  readonly canary: boolean;
}

/** How an allocation ended; absent: it lives. @public */
export type Ending = "stopped" | "complete" | "failed" | "lost";

/** One allocation's life. @public */
export interface AllocationTimeline {
  readonly id: string;
  /** `<job>.<group>[<index>]`. */
  readonly name: string;
  readonly group: string;
  readonly nodeId: string;
  readonly spans: readonly Span[];
  readonly ending?: Ending;
}

/** Something that happened to the job as a whole. @public */
export interface Mark {
  readonly at: number;
  readonly kind:
    | "submitted"
    | "promoted"
    | "paused"
    | "resumed"
    | "failed"
    | "rolled_back"
    | "successful"
    | "cancelled"
    | "stopped";
  /** The version that is meant: the one submitted, whose deployment was promoted or failed, that a rollback made. */
  readonly version: number;
  /** What people read of it. */
  readonly description?: string;
}

/** A progress deadline as it stood for a while: until when a group of a deployment had to make progress. @public */
export interface Deadline {
  readonly group: string;
  readonly version: number;
  /** When it was set, and the time that it named. */
  readonly setAt: number;
  readonly by: number;
}

/** Everything that a picture of one job's rollout needs. @public */
export interface JobTimeline {
  readonly jobId: string;
  /** In the order in which they were placed. */
  readonly allocations: readonly AllocationTimeline[];
  readonly marks: readonly Mark[];
  /** The last one of each group and deployment that did not end before it. */
  readonly deadlines: readonly Deadline[];
}

/** What a run looked like. @public */
export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly jobs: readonly JobTimeline[];
}
