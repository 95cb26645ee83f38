import {
  emptyJobState,
  type JobState,
  type PlacementOutcome,
  type Transition,
  transition,
} from "../../lifecycle/index.js";
import { isPlacing, isVerdigrisError, type Plan } from "../../model/index.js";
import { type ReconcilePolicy, reconcile } from "../../reconcile/index.js";
import type { Timeline } from "../timeline/timeline.js";
import { TimelineRecorder } from "../timeline/timeline-recorder.js";
import { Invariants, Violated, type Violation } from "../watch/invariants.js";
import { Refusals, type Refused } from "../watch/refusals.js";
import type { Watcher } from "../watch/watcher.js";
import type { Trace, TracedEvaluation, TraceEvent } from "./trace.js";

/** How a trace is replayed. @public */
export interface ReplayOptions {
  /** The one that the trace was recorded with, if there was one. */
  readonly policy?: ReconcilePolicy;
  readonly watchers?: readonly Watcher[];
  /** Whether to check every plan and event. Default true. */
  readonly checks?: boolean;
  /** Default: this library's; another's is tried on the same trace. */
  readonly reconcile?: typeof reconcile;
  readonly transition?: typeof transition;
}

/** What a trace led to. @public */
export interface Replay {
  readonly timeline: Timeline;
  readonly jobs: readonly { readonly jobId: string; readonly state: JobState }[];
  /** Events that were refused: none in a trace as it was recorded, some in one that was shortened. */
  readonly refused: readonly Refused[];
  /** What broke, where the replay stopped. */
  readonly violation?: Violation;
}

/**
 * Lives a trace again: plans are made anew, and carried out as they were.
 *
 * @example
 * ```ts
 * const { jobs, violation } = replayTrace(trace);
 * jobs.length; // 1
 * violation; // undefined
 * ```
 *
 * @public
 */
export function replayTrace(trace: Trace, options: ReplayOptions = {}): Replay {
  const { checks = true, watchers = [] } = options;
  const refusals = new Refusals();
  const recorder = new TimelineRecorder(trace.initial.now);
  const decide = options.reconcile ?? reconcile;
  const replayer = new Replayer(trace, options, [
    recorder,
    refusals,
    ...(checks ? [new Invariants(decide)] : []),
    ...watchers,
  ]);
  let violation: Violation | undefined;
  try {
    for (const event of trace.events) replayer.tell(event);
  } catch (error) {
    if (!(error instanceof Violated)) throw error;
    violation = error.violation;
  }
  return {
    timeline: recorder.timeline(),
    jobs: [...replayer.states].map(([jobId, state]) => ({ jobId, state })),
    refused: refusals.list,
    ...(violation === undefined ? {} : { violation }),
  };
}

class Replayer {
  readonly states: Map<string, JobState>;
  readonly #options: ReplayOptions;
  readonly #watchers: readonly Watcher[];

  constructor({ initial }: Trace, options: ReplayOptions, watchers: readonly Watcher[]) {
    this.states = new Map(initial.jobs.map(({ jobId, state }) => [jobId, state]));
    this.#options = options;
    this.#watchers = watchers;
  }

  tell(traced: TraceEvent): void {
    const { jobId } = traced;
    const before = this.states.get(jobId) ?? emptyJobState();
    const whole = "evaluate" in traced ? this.#plan(jobId, before, traced.evaluate) : undefined;
    const event =
      "event" in traced
        ? traced.event
        : {
            kind: "apply_plan" as const,
            now: traced.evaluate.now,
            ...carriedOut(before, traced.evaluate, whole),
          };
    let done: Transition;
    try {
      done = (this.#options.transition ?? transition)(before, event);
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      for (const watcher of this.#watchers) watcher.refused?.(jobId, before, event, error);
      return;
    }
    this.states.set(jobId, done.state);
    for (const watcher of this.#watchers) watcher.happened?.(jobId, before, event, done, whole);
  }

  #plan(jobId: string, state: JobState, { plannedAt, evaluationId }: TracedEvaluation): Plan {
    const { policy } = this.#options;
    const input = { ...state, now: plannedAt, evaluationId, ...(policy === undefined ? {} : { policy }) };
    const plan = (this.#options.reconcile ?? reconcile)(input);
    for (const watcher of this.#watchers) watcher.planned?.(jobId, input, plan);
    return plan;
  }
}

/** The part of the plan that was carried out, and where its placements went. */
function carriedOut(
  state: JobState,
  { placements, leftOut, evaluationId }: TracedEvaluation,
  whole: Plan | undefined,
): { readonly plan: Plan; readonly placements: readonly PlacementOutcome[] } {
  if (whole === undefined) throw new Error("an evaluation is replayed with its plan");
  const isLeftOut = new Set(leftOut);
  const actions = whole.actions.filter((_, at) => !isLeftOut.has(at));
  const known = new Map(placements.map((outcome) => [outcome.placement, outcome]));
  const borne = new Set(state.allocations.map(({ id }) => id));
  return {
    plan: { ...whole, actions },
    placements: actions.filter(isPlacing).map(({ placement }): PlacementOutcome => {
      const outcome = known.get(placement);
      // In a trace that was shortened a plan may ask for more than it did, or for what is there already.
      const isFine = outcome !== undefined && ("noRoom" in outcome || !borne.has(outcome.allocationId));
      return isFine ? outcome : { placement, allocationId: `${evaluationId}.${placement}`, nodeId: "node-1" };
    }),
  };
}
