import type { Bucket, Floors } from "../coverage/bucket.js";
import type { JobLimits } from "../generate/job-limits.js";
import type { HappeningKind } from "../life/happening.js";

/** Which of the catalogue apply. Default: all. @public */
export interface ChosenNames {
  /** Names of properties; no others are checked. */
  readonly properties?: readonly string[];
  /** Names of properties that are not checked. */
  readonly except?: readonly string[];
}

/** What decides which case a seed leads to, and how it is shown. @public */
export interface CaseOptions {
  /** How many things happen in a life, on average. Default 40. */
  readonly steps?: number;
  /** What generated jobs may ask for. Default: everything. */
  readonly limits?: Partial<JobLimits>;
  /** What may happen in a life. Default: everything. */
  readonly happenings?: readonly HappeningKind[];
  /** How many smaller cases are tried when one fails. Default 500; a trace is then made shorter still. With 0 the case stays as it was found. */
  readonly shrinks?: number;
}

/** How to see a failure again: given back as the option `replay`. @public */
export interface ReplayOf {
  readonly of: "inputs" | "lives";
  readonly seed: number;
  /** fast-check's way to the shortest case. */
  readonly path: string;
  /** fast-check's record of the commands that ran; lives only. */
  readonly replayPath?: string;
  /** What was violated: nothing else is asked again. Default: all that is chosen. */
  readonly property?: string;
  /** What the case was made with; those that are missing had their defaults. */
  readonly options?: CaseOptions;
}

/** What a run asks, and how much of it. @public */
export interface RunOptions extends ChosenNames, CaseOptions {
  /** How many lives. Default 200. */
  readonly lives?: number;
  /** Fixed, so that a run means the same everywhere. Default 1. */
  readonly seed?: number;
  /** Only what failed before, as the error said it (`error.replay`), which brings its options: others are refused, but for `shrinks`. */
  readonly replay?: ReplayOf;
  /** How often something must be reached at least. Default: a plan that places, one that keeps, one that stops - once each. */
  readonly floors?: Floors;
}

/** What a run of a reconciler alone asks besides. @public */
export interface ReconcilerOptions extends RunOptions {
  /** How many single inputs, whether events can lead to them or not. Default 1,000; 0: lives only. */
  readonly inputs?: number;
}

/** What a run that found nothing has looked at. @public */
export interface RunReport {
  /** Single inputs, whether reachable or not. */
  readonly inputs: number;
  readonly lives: number;
  /** Everything that happened in them. */
  readonly steps: number;
  /** How often each property was asked. */
  readonly asked: { readonly [property: string]: number };
  /** How often each kind, reason, event, status and refusal was reached. */
  readonly reached: { readonly [bucket in Bucket]?: number };
}

/** How much happens in a life unless it is said. */
export const STEPS = 40;

/** What a run must reach unless it is told otherwise: without these nearly every property is true of nothing. */
export const LEAST: Floors = { "kind place": 1, "kind ignore": 1, "kind stop": 1 };
