// The surface of `verdigris/simulate`, by hand: a world to run rollouts in, and what is left of a run.

export { type AdvanceOptions, advance } from "./run/advance.js";
export { type Candidate, type PlacementRequest, type Placer, spread } from "./run/placer.js";
export type { Behaviour, Duration } from "./scenario/behaviour.js";
export type { Fault } from "./scenario/fault.js";
export type { Latencies, Scenario } from "./scenario/scenario.js";
export type { NodeSpecification, Request, Scripted, WorldEvent } from "./scenario/world-event.js";
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
} from "./timeline/timeline.js";
export { parseTrace } from "./trace/parse-trace.js";
export { type Replay, type ReplayOptions, replayTrace } from "./trace/replay.js";
export { type ShrinkOptions, shrinkTrace } from "./trace/shrink-trace.js";
export {
  TRACE_FORMAT,
  type Trace,
  type TracedEvaluation,
  type TracedEvent,
  type TraceEvent,
} from "./trace/trace.js";
export type { Violation } from "./watch/invariants.js";
export type { Refused } from "./watch/refusals.js";
export type { Watcher } from "./watch/watcher.js";
export { createWorld, inject, nextWake, type World, type WorldJob, type WorldNode } from "./world.js";
