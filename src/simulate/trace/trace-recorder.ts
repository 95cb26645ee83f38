import type { JobEvent, JobState, Transition } from "../../lifecycle/index.js";
import type { Plan } from "../../model/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { Watcher } from "../watch/watcher.js";
import { TRACE_FORMAT, type Trace, type TracedEvaluation, type TraceEvent } from "./trace.js";

type ApplyPlan = Extract<JobEvent, { readonly kind: "apply_plan" }>;

/** Writes down what happens. */
export class TraceRecorder implements Watcher {
  readonly #initial: Trace["initial"];
  readonly #events: TraceEvent[] = [];
  readonly #plannedAt = new WeakMap<Plan, number>();
  #last: TraceEvent | undefined;
  /** What somebody was asked who threw. */
  #threw: TraceEvent | undefined;

  constructor(initial: Trace["initial"]) {
    this.#initial = initial;
  }

  planned(jobId: string, input: ReconcileInput, plan: Plan): void {
    this.#plannedAt.set(plan, input.now);
    this.#threw = undefined;
    this.#last = askedFor(jobId, input);
  }

  /** Whoever plans threw: the trace ends with that, unless more happens. */
  threwAtPlan(jobId: string, input: ReconcileInput): void {
    this.#threw = askedFor(jobId, input);
  }

  happened(jobId: string, before: JobState, event: JobEvent, { state }: Transition, whole?: Plan): void {
    this.#threw = undefined;
    // What changed nothing need not be told again.
    if (before !== state) this.#events.push(this.#told(jobId, event, whole));
  }

  /** The lifecycle threw, and not to refuse: the trace ends with that, unless more happens. */
  threwAt(jobId: string, event: JobEvent, whole?: Plan): void {
    this.#threw = this.#told(jobId, event, whole);
  }

  /** `withLastPlan`: the plan that was made last was not carried out, and is what matters. */
  trace(withLastPlan = false): Trace {
    const last = this.#threw ?? (withLastPlan ? this.#last : undefined);
    const events = last === undefined ? this.#events : [...this.#events, last];
    return { format: TRACE_FORMAT, initial: this.#initial, events: [...events] };
  }

  #told(jobId: string, event: JobEvent, whole: Plan | undefined): TraceEvent {
    const isPlan = event.kind === "apply_plan" && whole !== undefined;
    return isPlan ? { jobId, evaluate: this.#evaluation(event, whole) } : { jobId, event };
  }

  #evaluation({ now, plan, placements = [] }: ApplyPlan, whole: Plan): TracedEvaluation {
    const done = new Set(plan.actions);
    const leftOut = whole.actions.flatMap((action, at) => (done.has(action) ? [] : [at]));
    return {
      evaluationId: plan.madeFrom.evaluationId,
      plannedAt: this.#plannedAt.get(whole) ?? now,
      now,
      placements,
      ...(leftOut.length === 0 ? {} : { leftOut }),
    };
  }
}

function askedFor(jobId: string, { now, evaluationId }: ReconcileInput): TraceEvent {
  return { jobId, evaluate: { evaluationId, plannedAt: now, now, placements: [] } };
}
