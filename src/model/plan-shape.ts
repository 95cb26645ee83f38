import { DEPLOYMENT_STATUSES } from "./deployment.js";
import { deploymentStateShape } from "./deployment-shape.js";
import type {
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
} from "./plan.js";
import {
  disconnectReasonShape,
  ignoreReasonShape,
  placeReasonShape,
  reconnectReasonShape,
  replaceReasonShape,
  stopReasonShape,
  updateReasonShape,
} from "./reason-shape.js";
import { byKind, listOf, open, recordOf } from "./shape/containers.js";
import { name, oneOf, optional, whole, yes } from "./shape/scalars.js";
import type { OptionalShape, Shape } from "./shape/shape.js";
import { waitingShape } from "./waiting-shape.js";

const verdict = {
  group: name,
  allocationId: name,
  followUpEvaluationId: optional(name),
};

const placement: {
  readonly [K in Exclude<keyof Placement, "deploymentId" | "previousAllocation">]: Shape<Placement[K]>;
} & {
  readonly deploymentId: OptionalShape<string>;
  readonly previousAllocation: OptionalShape<string>;
} = {
  placement: name,
  group: name,
  name,
  jobVersion: whole,
  jobCreateIndex: whole,
  version: oneOf("current", "kept_alive", "as_replaced", "newest_running"),
  deploymentId: optional(name),
  previousAllocation: optional(name),
};

const action: Shape<Action> = byKind<Action>({
  ignore: open<IgnoreAction>({
    ...verdict,
    kind: oneOf("ignore"),
    reason: ignoreReasonShape,
    clientStatus: optional(oneOf("lost")),
  }),
  stop: open<StopAction>({
    ...verdict,
    kind: oneOf("stop"),
    reason: stopReasonShape,
    clientStatus: optional(oneOf("lost", "failed")),
    placement: optional(name),
  }),
  replace: open<ReplaceAction>({
    ...verdict,
    ...placement,
    kind: oneOf("replace"),
    reason: replaceReasonShape,
    disconnect: optional(yes),
  }),
  update: open<UpdateAction>({
    ...verdict,
    kind: oneOf("update"),
    reason: updateReasonShape,
    jobVersion: whole,
    jobCreateIndex: whole,
    deploymentId: optional(name),
    disconnect: optional(yes),
  }),
  disconnect: open<DisconnectAction>({
    ...verdict,
    kind: oneOf("disconnect"),
    reason: disconnectReasonShape,
    placement: optional(name),
  }),
  reconnect: open<ReconnectAction>({
    ...verdict,
    kind: oneOf("reconnect"),
    reason: reconnectReasonShape,
  }),
  place: open<PlaceAction>({ ...placement, kind: oneOf("place"), reason: placeReasonShape }),
  canary: open<CanaryAction>({ ...placement, kind: oneOf("canary"), reason: placeReasonShape }),
});

const counts: Shape<GroupCounts> = open<GroupCounts>({
  ignore: whole,
  place: whole,
  canary: whole,
  stop: whole,
  migrate: whole,
  inPlaceUpdate: whole,
  destructiveUpdate: whole,
  disconnect: whole,
  reconnect: whole,
  rescheduleNow: whole,
  rescheduleLater: whole,
});

const planned: Shape<PlannedDeployment> = open<PlannedDeployment>({
  kind: oneOf("created", "changed"),
  id: name,
  jobId: name,
  namespace: optional(name),
  jobVersion: whole,
  jobCreateIndex: whole,
  jobModifyIndex: whole,
  status: oneOf(...DEPLOYMENT_STATUSES),
  groups: recordOf(deploymentStateShape),
  description: optional(oneOf("running", "needs_promotion", "auto_promotion")),
});

const update: Shape<DeploymentUpdate> = open<DeploymentUpdate>({
  deploymentId: name,
  status: oneOf("cancelled", "successful", "pending"),
  description: oneOf("job_stopped", "newer_version", "successful", "pending_for_peer"),
});

/** @internal */
export const followUpShape: Shape<FollowUp> = open<FollowUp>({
  id: name,
  group: name,
  at: whole,
  cause: oneOf("reschedule", "lost_after", "stop_on_client_after"),
  allocations: listOf(name),
});

const origin: Shape<PlanOrigin> = open<PlanOrigin>({
  evaluationId: name,
  jobVersion: optional(whole),
  jobCreateIndex: optional(whole),
  deploymentId: optional(name),
  index: optional(whole),
});

/** @internal */
export const planShape: Shape<Plan> = open<Plan>({
  madeFrom: origin,
  actions: listOf(action),
  groups: recordOf(counts),
  deployment: optional(planned),
  deploymentUpdates: listOf(update),
  followUps: listOf(followUpShape),
  waiting: listOf(waitingShape),
  wakeAt: optional(whole),
});
