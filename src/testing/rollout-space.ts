import type { Space } from "../explore/index.js";
import {
  emptyJobState,
  type JobEvent,
  type JobSpecification,
  type JobState,
  type Transition,
  transition,
} from "../lifecycle/index.js";
import { isActive, isVerdigrisError, type Plan, type UpdateStrategy } from "../model/index.js";
import { PLAN_PROPERTIES } from "../properties/index.js";
import { STATE_PROPERTIES, STEP_PROPERTIES } from "../properties/sequences/index.js";
import { reconcile } from "../reconcile/index.js";
import { TRACE_FORMAT, type Trace } from "../simulate/index.js";
import { canonicalState } from "./canonical-state.js";
import { type RolloutBounds, type RolloutEvent, rolloutEvents } from "./rollout-events.js";
import { asJobEvent, type RolloutState } from "./rollout-step.js";

/** A job and what may happen to it. */
export interface RolloutOptions extends Partial<RolloutBounds> {
  readonly count?: number;
  readonly groups?: number;
  readonly update?: UpdateStrategy;
  /** Whether each new state is also left alone until it rests, and judged then. */
  readonly settles?: boolean;
  readonly reconcile?: typeof reconcile;
  readonly transition?: typeof transition;
}

const PROGRESS = 600_000;
const OF_A_PLAN = PLAN_PROPERTIES.filter(({ cost }) => cost === "one_plan");
/** Patches are text, which costs more than all the rest. */
const OF_A_STEP = STEP_PROPERTIES.filter(({ name }) => name !== "patches");
const OF_REST = STATE_PROPERTIES.filter(({ name }) => name === "no-dead-end" || name === "convergence");

/** Every interleaving of what can happen to one job, on the code that ships. */
export function rolloutSpace(options: RolloutOptions = {}): Space<RolloutState, RolloutEvent> {
  const decide = decidersOf(options);
  const { faults = 1, versions = 2, counts = [] } = options;
  const bounds = { faults, versions, counts };
  const submitted = decide.transition(emptyJobState(), {
    kind: "submit",
    now: 0,
    job: firstVersion(options),
  }).state;
  return {
    initial: { job: submitted, now: 0, spent: { faults: 0, submits: 1 } },
    events: ({ job, spent }) => rolloutEvents(job, spent, bounds),
    next: (state, event) => next(state, event, decide),
    canonical: ({ job, spent }) => `${spent.faults} ${spent.submits}|${canonicalState(job)}`,
    checkStep: (_, __, { wrong }) => wrong,
    checkState: ({ job, now }) => {
      const input = { ...job, now, evaluationId: "check" };
      const plan = decide.reconcile(input);
      for (const { name, check } of OF_A_PLAN) {
        const [message] = check({ input, plan, reconcile: decide.reconcile });
        if (message !== undefined) return `${name}: ${message}`;
      }
      if (options.settles !== true) return undefined;
      for (const { name, check } of OF_REST) {
        const [message] = check({ state: job, now, decide });
        if (message !== undefined) return `${name}: ${message}`;
      }
      return undefined;
    },
    // A deployment that is over, and nothing more to do.
    isAtRest: ({ job, now }) =>
      !job.deployments.some(isActive) && isQuiet(decide.reconcile({ ...job, now, evaluationId: "check" })),
  };
}

type Decide = Pick<Required<RolloutOptions>, "reconcile" | "transition">;

function next(state: RolloutState, event: RolloutEvent, decide: Decide): RolloutState | undefined {
  const told = asJobEvent(state, event, decide.reconcile);
  const done = told === undefined ? undefined : accepted(state.job, told, decide);
  if (told === undefined || done?.changed !== true) return undefined;
  const isFault = event.kind === "unhealthy" || event.kind === "lost" || event.kind === "completes";
  const isVersion = event.kind === "submit" || event.kind === "submit_earlier" || event.kind === "scale";
  const now = Math.max(state.now, told.now);
  const job = decide.transition(done.state, collecting(now)).state;
  return {
    job,
    now,
    spent: {
      faults: state.spent.faults + (isFault ? 1 : 0),
      submits: state.spent.submits + (isVersion ? 1 : 0),
    },
    wrong: brokenBy(state.job, told, done),
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

/** The first property of steps that this one breaks. */
function brokenBy(before: JobState, event: JobEvent, after: Transition): string | undefined {
  for (const { name, check } of OF_A_STEP) {
    const [message] = check({ before, event, after });
    if (message !== undefined) return `${name}: ${message}`;
  }
  return undefined;
}

/** The way to a state as a trace, which the simulator replays. */
export function rolloutTrace(options: RolloutOptions, events: readonly RolloutEvent[]): Trace {
  const decide = decidersOf(options);
  const told: JobEvent[] = [{ kind: "submit", now: 0, job: firstVersion(options) }];
  let state = rolloutSpace(options).initial;
  for (const event of events) {
    const happened = asJobEvent(state, event, decide.reconcile);
    const after = next(state, event, decide);
    if (happened === undefined || after === undefined) break;
    told.push(happened, collecting(after.now));
    state = after;
  }
  return {
    format: TRACE_FORMAT,
    initial: { now: 0, jobs: [] },
    events: told.map((event) => ({ jobId: "job", event })),
  };
}

/** What is over is forgotten at once, or no state would ever be like another. */
function collecting(now: number): JobEvent {
  return { kind: "collect", now, before: now + 1, keepDeployments: 0 };
}

function decidersOf(options: RolloutOptions): Decide {
  return { reconcile: options.reconcile ?? reconcile, transition: options.transition ?? transition };
}

function isQuiet(plan: Plan): boolean {
  return (
    plan.actions.every(({ kind }) => kind === "ignore") &&
    plan.deploymentUpdates.length === 0 &&
    plan.deployment === undefined
  );
}

function firstVersion({ count = 2, groups = 1, update = {} }: RolloutOptions): JobSpecification {
  return {
    id: "job",
    type: "service",
    groups: Array.from({ length: groups }, (_, n) => ({
      name: `g${n}`,
      count,
      tasks: [{ name: "main", config: { image: 0 } }],
      update: { maxParallel: 1, healthCheck: "manual" as const, progressDeadline: PROGRESS, ...update },
      reschedule: { delay: 0, delayFunction: "constant" as const, maxDelay: 0, unlimited: true },
    })),
  };
}
