import type { Allocation } from "../../model/index.js";

/** A time in milliseconds, or one between two, drawn anew for each. @public */
export type Duration = number | { readonly from: number; readonly to: number };

/** How allocations behave on their nodes. @public */
export interface Behaviour {
  /** Which allocations are meant; whatever is absent fits all. */
  readonly of?: {
    readonly jobId?: string;
    readonly group?: string;
    readonly versions?: readonly number[];
  };
  /** Only this share of them, 0 to 1, drawn for each. Default 1. */
  readonly share?: number;
  /** From being placed to running. Default 1 s. */
  readonly startAfter?: Duration;
  /** It never starts. */
  readonly hangs?: boolean;
  /** Its checks never pass. */
  readonly failsChecks?: boolean;
  /** From running to a crash; absent: never. */
  readonly crashAfter?: Duration;
  /** From running to a successful end, as a batch job has it; absent: never. */
  readonly exitAfter?: Duration;
  /** From running to when somebody reports it healthy, for `healthCheck: "manual"`; absent: nobody does. */
  readonly reportedHealthyAfter?: Duration;
  /** From being asked to stop to being stopped. Default 0. */
  readonly stopAfter?: Duration;
}

/** What is asked of an allocation to know how it behaves. */
export function fits({ of }: Behaviour, jobId: string, { group, jobVersion }: Allocation): boolean {
  if (of === undefined) return true;
  return (
    (of.jobId === undefined || of.jobId === jobId) &&
    (of.group === undefined || of.group === group) &&
    (of.versions === undefined || of.versions.includes(jobVersion))
  );
}
