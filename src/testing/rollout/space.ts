import type { Space } from "../../explore/index.js";
import {
  emptyJobState,
  type JobEvent,
  type JobState,
  type Transition,
  transition,
} from "../../lifecycle/index.js";
import { isActive, isVerdigrisError, type Plan, type UpdateStrategy } from "../../model/index.js";
import {
  type Checked,
  type Deciders,
  PLAN_PROPERTIES,
  STATE_PROPERTIES,
  STEP_PROPERTIES,
  type StepProperty,
} from "../../properties/index.js";
import { type ReconcileInput, reconcile } from "../../reconcile/index.js";
import type { Trace } from "../../simulate/index.js";
import { TraceRecorder } from "../../simulate/trace/trace-recorder.js";
import { lockstep } from "../model/lockstep.js";
import { canonicalStates } from "./canonical-state.js";
import { type RolloutBounds, type RolloutEvent, rolloutEvents } from "./events.js";
import { firstVersion, PROGRESS } from "./first-version.js";
import type { RolloutState } from "./state.js";
import { asJobEvent } from "./step.js";

/** A job and what may happen to it. */
export interface RolloutOptions extends Partial<RolloutBounds> {
  readonly count?: number;
  readonly groups?: number;
  readonly update?: UpdateStrategy;
  /** Whether each new state is also left alone until it rests, and judged then. */
  readonly settles?: boolean;
  /** Whether each step is also held against the small model. */
  readonly lockstep?: boolean;
  readonly reconcile?: typeof reconcile;
  readonly transition?: typeof transition;
}

const OF_A_PLAN = PLAN_PROPERTIES.filter(({ cost }) => cost === "one_plan");
/** Patches are text, which costs more than all the rest. */
const OF_A_STEP = STEP_PROPERTIES.filter(({ cost }) => cost === "one_step");
const OF_REST = STATE_PROPERTIES.filter(({ name }) => name === "no-dead-end" || name === "convergence");

/**
 * Every interleaving of what can happen to one job, on the code that ships: a space for `explore`.
 *
 * @example
 * ```ts
 * const space = rolloutSpace({ count: 1, versions: 2, faults: 0, update: { maxParallel: 1 } });
 * explore(space).violations; // []
 * ```
 *
 * @public
 */
export function rolloutSpace(options: RolloutOptions = {}): Space<RolloutState, RolloutEvent> {
  const decide = decidersOf(options);
  const planOf = planning(decide.reconcile);
  const { faults = 1, versions = 2, counts = [] } = options;
  const bounds = { faults, versions, counts };
  const canonical = canonicalStates();
  const submitted = decide.transition(emptyJobState(), {
    kind: "submit",
    now: 0,
    job: firstVersion(options),
  }).state;
  return {
    initial: { job: submitted, now: 0, spent: { faults: 0, submits: 1 } },
    events: (state) => rolloutEvents(state, planOf(state), bounds),
    next: (state, event) => next(state, event, decide, planOf),
    canonical: ({ job, spent, now }) => {
      const prospects = { submits: spent.submits < versions, rollsBack: options.update?.autoRevert === true };
      return `${spent.faults} ${spent.submits}|${canonical(job, timeLeft(now), prospects)}`;
    },
    properties: {
      ofStep: (_, __, { wrong }) => wrong,
      ofState: (state) => {
        const { job, now } = state;
        const plan = planOf(state);
        const broken = brokenBy(OF_A_PLAN, { input: inputOf(state), plan, reconcile: decide.reconcile });
        if (broken !== undefined || options.settles !== true) return broken;
        return brokenBy(OF_REST, { state: job, now, decide });
      },
      // A deployment that is over, and nothing more to do.
      mayLast: (state) => !state.job.deployments.some(isActive) && isQuiet(planOf(state)),
    },
  };
}

/** How much of its time a group has left: deadlines are whole multiples of one, and time goes from one to the next. */
function timeLeft(now: number): (by: number) => number {
  return (by) => Math.max(0, (by - now) / PROGRESS);
}

/** Who decides, and what each step is held to. */
interface Decide extends Deciders {
  readonly steps: readonly StepProperty[];
}

function inputOf({ job, now }: RolloutState): ReconcileInput {
  return { ...job, now, evaluationId: `e${job.index}` };
}

/** The plan of a state: asked for several times in a row, made once. */
function planning(decide: typeof reconcile): (state: RolloutState) => Plan {
  let last: { readonly state: RolloutState; readonly plan: Plan } | undefined;
  return (state) => {
    if (last?.state !== state) {
      last = { state, plan: decide(inputOf(state)) };
    }
    return last.plan;
  };
}

/** What may leave something behind that no state should differ by. */
const LEAVES_HISTORY: ReadonlySet<RolloutEvent["kind"]> = new Set([
  "plan",
  "plan_in_part",
  "unhealthy",
  "submit",
  "submit_earlier",
  "scale",
  "fail",
  "deadline",
]);

function next(
  state: RolloutState,
  event: RolloutEvent,
  decide: Decide,
  planOf: (state: RolloutState) => Plan,
): RolloutState | undefined {
  const told = asJobEvent(state, event, planOf);
  const done = told === undefined ? undefined : accepted(state.job, told, decide);
  if (told === undefined || done?.changed !== true) return undefined;
  const isFault = event.kind === "unhealthy" || event.kind === "lost" || event.kind === "completes";
  const isVersion = event.kind === "submit" || event.kind === "submit_earlier" || event.kind === "scale";
  const now = Math.max(state.now, told.now);
  const isCollected = LEAVES_HISTORY.has(event.kind);
  return {
    job: isCollected ? decide.transition(done.state, collecting(now)).state : done.state,
    now,
    spent: {
      faults: state.spent.faults + (isFault ? 1 : 0),
      submits: state.spent.submits + (isVersion ? 1 : 0),
    },
    stale: planOf(state),
    wrong: brokenBy(decide.steps, {
      before: state.job,
      event: told,
      after: done,
      reconcile: decide.reconcile,
    }),
  };
}

function accepted(job: JobState, event: JobEvent, { transition }: Decide): Transition | undefined {
  try {
    return transition(job, event);
  } catch (error) {
    if (isVerdigrisError(error)) return undefined;
    throw error;
  }
}

/** The first of the properties that is broken, and how. */
function brokenBy<Case>(properties: readonly Checked<string, Case>[], subject: Case): string | undefined {
  for (const { name, check } of properties) {
    const [wrong] = check(subject);
    if (wrong !== undefined) return `${name}: ${wrong.message}`;
  }
  return undefined;
}

/**
 * The way to a state as a trace, which the simulator replays; it ends with the plan that is made there.
 *
 * @example
 * ```ts
 * const options = { count: 1, versions: 1, faults: 0 };
 * rolloutTrace(options, []).format; // "verdigris-trace/1"
 * ```
 *
 * @public
 */
export function rolloutTrace(options: RolloutOptions, events: readonly RolloutEvent[]): Trace {
  const decide = decidersOf(options);
  const planOf = planning(decide.reconcile);
  const recorder = new TraceRecorder({ now: 0, jobs: [] });
  const tell = (before: JobState, event: JobEvent, whole: Plan | undefined): JobState => {
    const after = decide.transition(before, event);
    recorder.happened("job", before, event, after, whole);
    return after.state;
  };
  tell(emptyJobState(), { kind: "submit", now: 0, job: firstVersion(options) }, undefined);
  let state = rolloutSpace(options).initial;
  for (const event of events) {
    const happened = asJobEvent(state, event, planOf);
    const after = next(state, event, decide, planOf);
    if (happened === undefined || after === undefined) break;
    const plan = planOf(state);
    recorder.planned("job", inputOf(state), plan);
    const job = tell(state.job, happened, happened.kind === "apply_plan" ? plan : undefined);
    if (LEAVES_HISTORY.has(event.kind)) tell(job, collecting(after.now), undefined);
    state = after;
  }
  recorder.planned("job", inputOf(state), planOf(state));
  return recorder.trace(true);
}

/** What is over is forgotten at once, or no state would ever be like another. */
function collecting(now: number): JobEvent {
  return { kind: "collect", now, before: now + 1, keepDeployments: 0 };
}

function decidersOf(options: RolloutOptions): Decide {
  return {
    reconcile: options.reconcile ?? reconcile,
    transition: options.transition ?? transition,
    steps: options.lockstep === true ? [...OF_A_STEP, lockstep] : OF_A_STEP,
  };
}

function isQuiet(plan: Plan): boolean {
  return (
    plan.actions.every(({ kind }) => kind === "ignore") &&
    plan.deploymentUpdates.length === 0 &&
    plan.deployment === undefined
  );
}
