// The surface of `verdigris`, by hand: what stands here is a promise.
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
export type {
  ChangedProperty,
  DisconnectReason,
  IgnoreReason,
  PlaceReason,
  ReconnectReason,
  ReplaceReason,
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
export type { ReconcileInput } from "./reconcile/input.js";
export { type NodeClass, nodeClass } from "./reconcile/node-class.js";
export { nomadSummary } from "./reconcile/nomad-summary.js";
export type { ReconcileData } from "./reconcile/parse-input.js";
export { parseReconcileInput, reconcileInputSchema } from "./reconcile/parse-input.js";
export type { NewId, ReconcilePolicy, UpdateQuestion } from "./reconcile/policy.js";
export { reconcile } from "./reconcile/reconcile.js";
export type { UpdateClass } from "./reconcile/update-class.js";
