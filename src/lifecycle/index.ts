// The lifecycle as one import for the floors above; what of it is public stands in src/index.ts.

export type { PlacementOutcome } from "./apply/placement-outcome.js";
export type { JobEvent, JobEventKind } from "./event.js";
export { type ApplyPlan, applyPlan } from "./events/apply-plan.js";
export { type Collect, collect } from "./events/collect.js";
export { type Fail, fail } from "./events/fail.js";
export { type Migrate, migrate, type StopAllocation, stopAllocation } from "./events/move-allocations.js";
export { type PauseOrResume, pause, resume } from "./events/pause.js";
export { type Promote, promote } from "./events/promote.js";
export { type ReportHealth, reportHealth } from "./events/report-health.js";
export { type Revert, revert } from "./events/revert.js";
export { type Scale, scale } from "./events/scale.js";
export { type StopJob, stopJob } from "./events/stop-job.js";
export { type Submit, submit } from "./events/submit.js";
export { type Tag, tag, type Untag, untag } from "./events/tag.js";
export { type Tick, tick } from "./events/tick.js";
export { type ClientUpdate, type UpdateClients, updateClients } from "./events/update-clients.js";
export { type UpdateNode, updateNode } from "./events/update-node.js";
export { emptyJobState, type JobState, registeredJob } from "./job-state.js";
export type { Evaluate, EvaluationCause, Rollback, StatePatches, Transition } from "./outcome.js";
export {
  jobEventSchema,
  jobEventShape,
  jobStateSchema,
  jobStateShape,
  parseJobEvent,
  parseJobState,
  placementOutcomeShape,
} from "./parse.js";
export { applyPatches } from "./patches.js";
export { hasAttemptLeft } from "./rules/attempt-left.js";
export { promotesItself } from "./rules/automatic-promotion.js";
export { type DrainingNode, drainable } from "./rules/drainable.js";
export { type HealthJudgement, judgeHealth } from "./rules/judge-health.js";
export { nextTick } from "./rules/next-tick.js";
export { type GroupProgress, groupProgress, progressOf } from "./rules/progress.js";
export {
  groupsToPromote,
  mayBePromoted,
  type PromotionGate,
  promotionGate,
  promotionGates,
} from "./rules/promotion-gate.js";
export { type RollbackTarget, rollbackTarget } from "./rules/rollback-target.js";
export { isSpecified, saidOf, sameSpecification } from "./rules/same-specification.js";
export { ownGroup } from "./rules/version-of.js";
export { type JobSpecification, withDefaults } from "./specification.js";
export { transition } from "./transition.js";
