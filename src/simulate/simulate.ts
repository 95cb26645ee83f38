import { reconcile } from "../reconcile/index.js";
import { type AdvanceOptions, begin, drive } from "./run/advance.js";
import type { Scenario } from "./scenario/scenario.js";
import type { Timeline } from "./timeline/timeline.js";
import { TimelineRecorder } from "./timeline/timeline-recorder.js";
import type { Trace } from "./trace/trace.js";
import { TraceRecorder } from "./trace/trace-recorder.js";
import { Invariants, Violated, type Violation } from "./watch/invariants.js";
import { Refusals, type Refused } from "./watch/refusals.js";
import { createWorld, type World } from "./world.js";

const DAY = 24 * 60 * 60 * 1_000;

/** How a whole run is made. @public */
export interface SimulateOptions extends AdvanceOptions {
  /** Whether every plan and event is checked. Default true. */
  readonly checks?: boolean;
  /** Whether to write down the trace. Default true. */
  readonly traces?: boolean;
}

/** A whole run. @public */
export interface Simulation extends Timeline {
  /** The world at the end. */
  readonly world: World;
  /** What happened, to be seen again with `replayTrace`. */
  readonly trace?: Trace;
  /** What was refused: a request that was not allowed, a plan that came too late, a report of what is over. */
  readonly refused: readonly Refused[];
  /** What broke, where the run stopped. */
  readonly violation?: Violation;
}

/**
 * Runs a scenario from its beginning until nothing is left to happen, or its time is up. The same scenario gives the same
 * result, to the last byte.
 *
 * @example
 * ```ts
 * const script = [{ at: 0, event: { kind: "tell", jobId: "shop", request: { kind: "submit", job } } }];
 * const run = simulate({ seed: 1, nodes: [{ id: "node-1" }], script });
 * run.jobs[0]?.allocations.length; // 3
 * ```
 *
 * @public
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Simulation {
  const { checks = true, traces = true, watchers = [] } = options;
  const world = createWorld(scenario);
  const timeline = new TimelineRecorder(world.now);
  const refusals = new Refusals();
  const tracer = new TraceRecorder({ now: world.now, jobs: [] });
  const run = begin(world, {
    ...options,
    watchers: [
      timeline,
      refusals,
      ...(traces ? [tracer] : []),
      ...(checks ? [new Invariants(options.reconcile ?? reconcile)] : []),
      ...watchers,
    ],
  });
  let violated: Violated | undefined;
  try {
    drive(run, world.start + (scenario.until ?? DAY));
  } catch (error) {
    if (!(error instanceof Violated)) throw error;
    violated = error;
  }
  return {
    ...timeline.timeline(),
    world: run.pack(),
    refused: refusals.list,
    ...(traces ? { trace: tracer.trace(violated?.isPlan) } : {}),
    ...(violated === undefined ? {} : { violation: violated.violation }),
  };
}
