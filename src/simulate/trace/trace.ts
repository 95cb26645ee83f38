import type { JobEvent, JobState, PlacementOutcome } from "../../lifecycle/index.js";

/** The format of traces; another one is another name. @public */
export const TRACE_FORMAT = "verdigris-trace/1";

/** A plan that was made and carried out. The plan itself is not written down: it is made again. @public */
export interface TracedEvaluation {
  readonly evaluationId: string;
  /** When the plan was made, in milliseconds since the epoch. */
  readonly plannedAt: number;
  /** When it was applied. */
  readonly now: number;
  readonly placements: readonly PlacementOutcome[];
  /** Which of the plan's actions were not carried out; absent: all were. */
  readonly leftOut?: readonly number[];
}

/** An event that one job was told. @public */
export interface TracedEvent {
  readonly jobId: string;
  readonly event: JobEvent;
}

/** One thing that happened to one job. @public */
export type TraceEvent = TracedEvent | { readonly jobId: string; readonly evaluate: TracedEvaluation };

/** Where a run began and everything that happened: enough to see it again, exactly. Plain JSON. @public */
export interface Trace {
  readonly format: typeof TRACE_FORMAT;
  readonly initial: {
    readonly now: number;
    /** Jobs that existed already; every other one begins as nothing. */
    readonly jobs: readonly { readonly jobId: string; readonly state: JobState }[];
  };
  readonly events: readonly TraceEvent[];
}
