// The surface of `verdigris`, by hand: what stands here is a promise.

export type { PlacementOutcome } from "./lifecycle/apply/placement-outcome.js";
export type { JobEvent, JobEventKind } from "./lifecycle/event.js";
export { type ApplyPlan, applyPlan } from "./lifecycle/events/apply-plan.js";
export { type Collect, collect } from "./lifecycle/events/collect.js";
export { type Fail, fail } from "./lifecycle/events/fail.js";
export {
  type Migrate,
  migrate,
  type StopAllocation,
  stopAllocation,
} from "./lifecycle/events/move-allocations.js";
export { type PauseOrResume, pause, resume } from "./lifecycle/events/pause.js";
export { type Promote, promote } from "./lifecycle/events/promote.js";
export { type ReportHealth, reportHealth } from "./lifecycle/events/report-health.js";
export { type Revert, revert } from "./lifecycle/events/revert.js";
export { type Scale, scale } from "./lifecycle/events/scale.js";
export { type StopJob, stopJob } from "./lifecycle/events/stop-job.js";
export { type Submit, submit } from "./lifecycle/events/submit.js";
export { type Tag, tag, type Untag, untag } from "./lifecycle/events/tag.js";
export { type Tick, tick } from "./lifecycle/events/tick.js";
export { type ClientUpdate, type UpdateClients, updateClients } from "./lifecycle/events/update-clients.js";
export { type UpdateNode, updateNode } from "./lifecycle/events/update-node.js";
export { emptyJobState, type JobState } from "./lifecycle/job-state.js";
export type { Evaluate, EvaluationCause, Rollback, StatePatches, Transition } from "./lifecycle/outcome.js";
export { jobEventSchema, jobStateSchema, parseJobEvent, parseJobState } from "./lifecycle/parse.js";
export { applyPatches } from "./lifecycle/patches.js";
export { hasAttemptLeft } from "./lifecycle/rules/attempt-left.js";
export { promotesItself } from "./lifecycle/rules/automatic-promotion.js";
export { type DrainingNode, drainable } from "./lifecycle/rules/drainable.js";
export { type HealthJudgement, judgeHealth } from "./lifecycle/rules/judge-health.js";
export { nextTick } from "./lifecycle/rules/next-tick.js";
export { type GroupProgress, groupProgress } from "./lifecycle/rules/progress.js";
export { mayBePromoted, type PromotionGate, promotionGate } from "./lifecycle/rules/promotion-gate.js";
export { type RollbackTarget, rollbackTarget } from "./lifecycle/rules/rollback-target.js";
export { ownGroup, versionOf } from "./lifecycle/rules/version-of.js";
export type { JobSpecification } from "./lifecycle/specification.js";
export { transition } from "./lifecycle/transition.js";
export type {
  Allocation,
  AllocationDeploymentStatus,
  CheckState,
  ClientStatus,
  ClientStatusChange,
  DesiredStatus,
  DesiredTransition,
} from "./model/allocation.js";
export { isCanary, isClientTerminal, isServerTerminal, isTerminal } from "./model/allocation.js";
export { allocationName, nameIndex } from "./model/allocation-name.js";
export { expiresAt, firstLost, isWaitingToReconnect, lastUnknown } from "./model/client-status-history.js";
export type { Deployment, DeploymentState, DeploymentStatus } from "./model/deployment.js";
export {
  deploymentStateOf,
  hasAutoPromote,
  isActive,
  latestDeployment,
  requiresPromotion,
  wantsPromotion,
} from "./model/deployment.js";
export type { DisconnectPolicy, ReconcilePick } from "./model/disconnect-policy.js";
export type { ErrorCode, Issue } from "./model/error.js";
export { isVerdigrisError, VerdigrisError } from "./model/error.js";
export type { Job, JobType } from "./model/job.js";
export { compareVersions, currentJob, groupOf, isStopped, namespaceOf } from "./model/job.js";
export type { Json, JsonObject } from "./model/json.js";
export type { Node, NodeStatus } from "./model/node.js";
export { isTainted } from "./model/node.js";
export { type PlacingAction, placementsOf } from "./model/placements-of.js";
export type {
  Action,
  CanaryAction,
  DeploymentUpdate,
  DisconnectAction,
  FollowUp,
  GroupCounts,
  IgnoreAction,
  PlaceAction,
  Placement,
  Plan,
  PlannedDeployment,
  PlanOrigin,
  ReconnectAction,
  ReplaceAction,
  StopAction,
  UpdateAction,
} from "./model/plan.js";
export { planHash } from "./model/plan-hash.js";
export type {
  ChangedProperty,
  DisconnectReason,
  IgnoreReason,
  PlaceReason,
  ReconnectReason,
  ReplaceReason,
  StoppedBecause,
  StoppedCode,
  StopReason,
  UpdateReason,
  VersionReason,
} from "./model/reasons.js";
export type { DelayFunction, ReschedulePolicy } from "./model/reschedule-policy.js";
export { RESCHEDULE_DEFAULTS } from "./model/reschedule-policy.js";
export type { RescheduleEvent, RescheduleRecord } from "./model/reschedule-record.js";
export type { StandardResult, StandardSchema } from "./model/shape/shape.js";
export type { Task } from "./model/task.js";
export type { MigrateStrategy, TaskGroup } from "./model/task-group.js";
export { updateStrategyOf } from "./model/task-group.js";
export { failTime, ranSuccessfully } from "./model/task-outcome.js";
export type { TaskState } from "./model/task-state.js";
export type { HealthCheck, RollbackGate, UpdateStrategy } from "./model/update-strategy.js";
export { progressDeadlineOf, UPDATE_DEFAULTS } from "./model/update-strategy.js";
export type { JobJudgement } from "./model/validate-job.js";
export { validateJob } from "./model/validate-job.js";
export type { Waiting } from "./model/waiting.js";
export { classifyUpdate } from "./reconcile/classify-update.js";
export {
  createReconciler,
  type Reconciler,
  type ReconcilerInput,
  type ReconcilerOptions,
} from "./reconcile/create-reconciler.js";
export type { ReconcileInput } from "./reconcile/input.js";
export { type NodeClass, nodeClass } from "./reconcile/node-class.js";
export { nomadSummary } from "./reconcile/nomad-summary.js";
export type { ReconcileData } from "./reconcile/parse-input.js";
export { parseReconcileInput, reconcileInputSchema } from "./reconcile/parse-input.js";
export type { NewId, ReconcilePolicy, UpdateQuestion } from "./reconcile/policy.js";
export { reconcile } from "./reconcile/reconcile.js";
export type { UpdateClass } from "./reconcile/update-class.js";
