// The surface of `verdigris/simulate`, by hand: a world to run rollouts in, and what is left of a run.

export { type AdvanceOptions, advance } from "./advance.js";
export type { Behaviour, Duration } from "./behaviour.js";
export type { Fault } from "./fault.js";
export type { Violation } from "./invariants.js";
export { parseTrace } from "./parse-trace.js";
export { type Candidate, type PlacementRequest, type Placer, spread } from "./placer.js";
export type { Refused } from "./refusals.js";
export { type Replay, type ReplayOptions, replayTrace } from "./replay.js";
export type { Latencies, Scenario } from "./scenario.js";
export { type ShrinkOptions, shrinkTrace } from "./shrink-trace.js";
export { type SimulateOptions, type Simulation, simulate } from "./simulate.js";
export type {
  AllocationTimeline,
  Deadline,
  Ending,
  JobTimeline,
  Mark,
  Phase,
  Span,
  Timeline,
} from "./timeline.js";
export {
  TRACE_FORMAT,
  type Trace,
  type TracedEvaluation,
  type TracedEvent,
  type TraceEvent,
} from "./trace.js";
export type { Watcher } from "./watcher.js";
export { createWorld, inject, nextWake, type World, type WorldJob, type WorldNode } from "./world.js";
export type { NodeSpecification, Request, Scripted, WorldEvent } from "./world-event.js";
