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
import { STOPPED_BECAUSE } from "./reasons.js";
import { byKind, listOf, open, recordOf } from "./shape/containers.js";
import { name, oneOf, optional, text, whole, yes } from "./shape/scalars.js";
import type { OptionalShape, Shape } from "./shape/shape.js";
import type { Waiting } from "./waiting.js";

/** A reason is told by its code; the numbers behind it are for whoever reads them, nothing is decided by them again. */
function coded<R extends { readonly code: string }>(...codes: readonly R["code"][]): Shape<R> {
  const { check } = open<{ readonly code: string }>({ code: codes.length === 0 ? name : oneOf(...codes) });
  return { check };
}

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

/** A rescheduled one's delay goes into its log. */
const placeReason: Shape<PlaceAction["reason"]> = {
  check: (value, path, report) => {
    const reason = coded<PlaceAction["reason"]>(
      "canary_wanted",
      "missing",
      "rescheduled",
      "lost",
      "migrating",
    );
    reason.check(value, path, report);
    if (typeof value === "object" && value !== null && "code" in value && value.code === "rescheduled") {
      open<{ readonly delay: number }>({ delay: whole }).check(value, path, report);
    }
  },
};

const action: Shape<Action> = byKind<Action>({
  ignore: open<IgnoreAction>({
    ...verdict,
    kind: oneOf("ignore"),
    reason: coded(),
    clientStatus: optional(oneOf("lost")),
  }),
  stop: open<StopAction>({
    ...verdict,
    kind: oneOf("stop"),
    reason: coded(...STOPPED_BECAUSE.filter((code) => code !== "destructive_update")),
    clientStatus: optional(oneOf("lost", "failed")),
    placement: optional(name),
  }),
  replace: open<ReplaceAction>({
    ...verdict,
    ...placement,
    kind: oneOf("replace"),
    reason: coded("destructive_update"),
    disconnect: optional(yes),
  }),
  update: open<UpdateAction>({
    ...verdict,
    kind: oneOf("update"),
    reason: coded("in_place_update"),
    jobVersion: whole,
    jobCreateIndex: whole,
    deploymentId: optional(name),
    disconnect: optional(yes),
  }),
  disconnect: open<DisconnectAction>({
    ...verdict,
    kind: oneOf("disconnect"),
    reason: coded("node_disconnected"),
    placement: optional(name),
  }),
  reconnect: open<ReconnectAction>({
    ...verdict,
    kind: oneOf("reconnect"),
    reason: coded("node_reconnected"),
  }),
  place: open<PlaceAction>({ ...placement, kind: oneOf("place"), reason: placeReason }),
  canary: open<CanaryAction>({ ...placement, kind: oneOf("canary"), reason: placeReason }),
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

/** What a rollout waits for is told, not used. */
const waiting: Shape<Waiting> = {
  check: open<{ readonly for: string; readonly group: string }>({ for: text, group: name }).check,
};

/** @internal */
export const planShape: Shape<Plan> = open<Plan>({
  madeFrom: origin,
  actions: listOf(action),
  groups: recordOf(counts),
  deployment: optional(planned),
  deploymentUpdates: listOf(update),
  followUps: listOf(followUpShape),
  waiting: listOf(waiting),
  wakeAt: optional(whole),
});
