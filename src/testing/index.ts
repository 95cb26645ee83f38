// The surface of `verdigris/testing`, by hand: what must always hold, and the means to check it of any orchestrator.

export {
  type Exploration,
  type ExploreOptions,
  explore,
  type FoundViolation,
  type Space,
  type SpaceProperties,
} from "../explore/index.js";
export {
  type Checked,
  type Deciders,
  type Detail,
  NOT_ASKED,
  PLAN_PROPERTIES,
  type PlanCase,
  type PlanProperty,
  PROPERTIES,
  type Property,
  STATE_PROPERTIES,
  STEP_PROPERTIES,
  type StateCase,
  type StateProperty,
  type StepCase,
  type StepProperty,
  type Violation,
  violationsOf,
  type Wrong,
} from "../properties/index.js";
export type { Trace } from "../simulate/index.js";
export type { Decisions } from "./adapter/decisions.js";
export { planOfDecisions } from "./adapter/plan-of-decisions.js";
export type { Bucket, Floors } from "./coverage/bucket.js";
export { EVENT_FLOORS, type EventBucket } from "./coverage/event-coverage.js";
export { PLAN_BUCKETS, type PlanBucket } from "./coverage/plan-coverage.js";
export type { Choices } from "./generate/choices.js";
export { EVERYTHING, type JobLimits } from "./generate/job-limits.js";
export type { ReachedState, Step } from "./kit/arbitraries.js";
export type { FastCheck } from "./kit/fast-check.js";
export type { LifeCommand } from "./kit/life-command.js";
export { type Arbitraries, makeTestingKit, type TestingKit } from "./kit/make-testing-kit.js";
export { type Counterexample, PropertyViolated } from "./kit/property-violated.js";
export type {
  CaseOptions,
  ChosenNames,
  ReconcilerOptions,
  ReplayOf,
  RunOptions,
  RunReport,
} from "./kit/run-options.js";
export { traceLines } from "./kit/trace-lines.js";
export type { Happening, HappeningKind } from "./life/happening.js";
export { HAPPENING_KINDS } from "./life/happenings.js";
export { Life, type LifeWatcher, type Untimed } from "./life/life.js";
export { beginLife, happen } from "./life/live.js";
export { lockstep } from "./model/lockstep.js";
export type { Member, SmallEvent, SmallGroup } from "./model/small-group.js";
export { type SmallOptions, type SmallState, type SmallStep, smallSpace } from "./model/small-space.js";
export type { RolloutBounds, RolloutEvent } from "./rollout/events.js";
export { type RolloutOptions, rolloutSpace, rolloutTrace } from "./rollout/space.js";
export type { RolloutState, Spent } from "./rollout/state.js";
