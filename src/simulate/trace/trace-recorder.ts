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

  constructor(initial: Trace["initial"]) {
    this.#initial = initial;
  }

  planned(jobId: string, { now, evaluationId }: ReconcileInput, plan: Plan): void {
    this.#plannedAt.set(plan, now);
    this.#last = { jobId, evaluate: { evaluationId, plannedAt: now, now, placements: [] } };
  }

  happened(jobId: string, before: JobState, event: JobEvent, { state }: Transition, whole?: Plan): void {
    // What changed nothing need not be told again.
    if (before === state) return;
    const isPlan = event.kind === "apply_plan" && whole !== undefined;
    this.#events.push(isPlan ? { jobId, evaluate: this.#evaluation(event, whole) } : { jobId, event });
  }

  /** `withLastPlan`: the plan that was made last was not carried out, and is what matters. */
  trace(withLastPlan = false): Trace {
    const last = withLastPlan && this.#last !== undefined ? [this.#last] : [];
    return { format: TRACE_FORMAT, initial: this.#initial, events: [...this.#events, ...last] };
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
