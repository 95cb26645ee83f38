import {
  emptyJobState,
  type JobEvent,
  type JobState,
  type PlacementOutcome,
  type Transition,
} from "../../lifecycle/index.js";
import {
  type Allocation,
  isPlacing,
  isTerminal,
  isVerdigrisError,
  type Plan,
  type VerdigrisError,
} from "../../model/index.js";
import type { Deciders } from "../../properties/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { Trace } from "../../simulate/index.js";
import { TraceRecorder } from "../../simulate/trace/trace-recorder.js";
import { Choices } from "../generate/choices.js";
import { EVERYTHING, type JobLimits } from "../generate/job-limits.js";

/** Looks at what happens in a life. @public */
export interface LifeWatcher {
  /** An event was accepted. */
  step?(before: JobState, event: JobEvent, after: Transition): void;
  refused?(before: JobState, event: JobEvent, error: VerdigrisError): void;
  planned?(input: ReconcileInput, plan: Plan): void;
  /** After everything that a happening asked for was done. */
  rested?(state: JobState, now: number): void;
}

/** An event without its time. @public */
export type Untimed = JobEvent extends infer E ? (E extends JobEvent ? Omit<E, "now"> : never) : never;

const NODES = 4;
/** Of whoever decides so that plan follows upon plan without end, no more are asked at once. */
const MOST_PLANS = 30;
const BEGINNING = 1_750_000_000_000;
/** The one job that lives. */
export const JOB = "shop";

/** A job's life: what became of it, and an orchestrator that is sometimes slow, or crashes. */
export class Life {
  state: JobState = emptyJobState();
  now: number = BEGINNING;
  /** What the present happening chooses by. */
  choices: Choices = new Choices([]);
  #plansLeft = 0;
  readonly limits: JobLimits;
  readonly #deciders: Deciders;
  readonly #watcher: LifeWatcher;
  readonly #recorder = new TraceRecorder({ now: BEGINNING, jobs: [] });
  #evaluations = 0;
  #placed = 0;
  #stale: Plan | undefined;
  /** A follow-up evaluation that is to run next. */
  #dueEvaluation: string | undefined;

  constructor(deciders: Deciders, watcher: LifeWatcher = {}, limits: JobLimits = EVERYTHING) {
    this.#deciders = deciders;
    this.#watcher = watcher;
    this.limits = limits;
  }

  /** Something is about to happen, and chooses by these numbers. */
  meet(choices: readonly number[]): void {
    this.choices = new Choices(choices);
    this.#plansLeft = MOST_PLANS;
  }

  /** Everything that a happening asked for was done. */
  rest(): void {
    this.#watcher.rested?.(this.state, this.now);
  }

  /** The life so far, in the format that the simulator replays. `withLastPlan`: the last plan is what matters. */
  trace(withLastPlan = false): Trace {
    return this.#recorder.trace(withLastPlan);
  }

  /** Sends an event; what it asks for is done at once, or only later, or not before somebody asks again. */
  send(event: Untimed, asks: "at once" | "later" = "at once", whole?: Plan): void {
    const timed = { ...event, now: this.now } as JobEvent;
    const before = this.state;
    let after: Transition;
    try {
      after = this.#deciders.transition(before, timed);
    } catch (error) {
      if (!isVerdigrisError(error)) {
        this.#recorder.threwAt(JOB, timed, whole);
        throw error;
      }
      this.#watcher.refused?.(before, timed, error);
      return;
    }
    this.state = after.state;
    this.#recorder.happened(JOB, before, timed, after, whole);
    this.#watcher.step?.(before, timed, after);
    if (after.evaluate === undefined) return;
    if (after.evaluate.evaluationId !== undefined) this.#dueEvaluation = after.evaluate.evaluationId;
    const isFollowed = asks === "at once" && !this.choices.oneIn(6);
    if (isFollowed && this.#plansLeft-- > 0) this.evaluate();
  }

  /** Plans and carries out, now and then only a part of it; an applied plan asks for the next. */
  evaluate(): void {
    const evaluationId = this.#dueEvaluation ?? `eval-${++this.#evaluations}`;
    this.#dueEvaluation = undefined;
    const { plan } = this.plan(evaluationId);
    if (this.choices.oneIn(12)) this.#stale = plan;
    const done = this.choices.oneIn(8) ? partOf(plan, () => this.choices.oneIn(2)) : plan;
    this.send({ kind: "apply_plan", plan: done, placements: this.place(done) }, "at once", plan);
  }

  /** What would be done now; nothing of it is. */
  plan(evaluationId: string): { readonly input: ReconcileInput; readonly plan: Plan } {
    const input = { ...this.state, now: this.now, evaluationId };
    const plan = this.#decided(input);
    this.#recorder.planned(JOB, input, plan);
    this.#watcher.planned?.(input, plan);
    return { input, plan };
  }

  #decided(input: ReconcileInput): Plan {
    try {
      return this.#deciders.reconcile(input);
    } catch (error) {
      this.#recorder.threwAtPlan(JOB, input);
      throw error;
    }
  }

  /** Asks for another plan, and says nonsense about where placements went. */
  applyCarelessly(): void {
    const plan = this.#decided({ ...this.state, now: this.now, evaluationId: "careless" });
    this.send({ kind: "apply_plan", plan, planHash: "of another plan" });
    const [first, ...rest] = this.place(plan);
    const borne = this.state.allocations[0]?.id ?? "none";
    const nonsense = this.choices.of<readonly PlacementOutcome[]>(
      rest,
      [...(first === undefined ? [] : [first]), ...rest, { placement: "none/0", noRoom: true }],
      [
        ...(first === undefined
          ? []
          : [{ placement: first.placement, allocationId: borne, nodeId: "node-1" }]),
        ...rest,
      ],
    );
    this.send({ kind: "apply_plan", plan, placements: nonsense });
  }

  applyStale(): void {
    const plan = this.#stale;
    if (plan !== undefined) this.send({ kind: "apply_plan", plan, placements: this.place(plan) });
  }

  /** Where placements go: to a node that is well, now and then to one that went away meanwhile, or nowhere. */
  place(plan: Plan): PlacementOutcome[] {
    const isScarce = this.choices.oneIn(8);
    const isBlind = this.choices.oneIn(6);
    const bad = new Set((this.state.nodes ?? []).map(({ id }) => id));
    const nodes = Array.from({ length: NODES }, (_, n) => `node-${n}`).filter(
      (id) => isBlind || !bad.has(id),
    );
    return plan.actions.filter(isPlacing).map(({ placement }): PlacementOutcome => {
      const n = this.#placed++;
      const nodeId = nodes[n % Math.max(1, nodes.length)];
      if (nodeId === undefined || (isScarce && this.choices.oneIn(2))) return { placement, noRoom: true };
      return { placement, allocationId: `a-${String(n).padStart(4, "0")}`, nodeId };
    });
  }

  anyOf<T>(things: readonly T[]): T | undefined {
    return things[this.choices.below(Math.max(1, things.length))];
  }

  /** An id of one of the nodes. */
  anyNode(): string {
    return `node-${this.choices.below(NODES)}`;
  }

  get alive(): Allocation[] {
    return this.state.allocations.filter((one) => !isTerminal(one));
  }
}

/** The plan without some of its actions. */
function partOf(plan: Plan, keep: () => boolean): Plan {
  return { ...plan, actions: plan.actions.filter((action) => action.kind === "ignore" || keep()) };
}
