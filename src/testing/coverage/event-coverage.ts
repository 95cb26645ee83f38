import type {
  EvaluationCause,
  JobEvent,
  JobEventKind,
  JobState,
  Rollback,
  Transition,
} from "../../lifecycle/index.js";
import type { DeploymentStatus, ErrorCode, VerdigrisError } from "../../model/index.js";
import type { Coverage } from "./coverage.js";

/** The codes by which the lifecycle refuses an event. */
type Refusal = Exclude<
  ErrorCode,
  | "invalid_input"
  | "unknown_status"
  | "duplicate_version"
  | "duplicate_deployment"
  | "duplicate_node"
  | "duplicate_group"
  | "foreign_version"
  | "foreign_deployment"
  | "bad_name"
  | "id_already_borne"
  | "unknown_trace_format"
  | "unknown_property"
  | "bad_option"
  | "property_violated"
  | "seldom_reached"
>;

/** Statuses that only multi-region rollouts have. */
type SingleRegion = Exclude<DeploymentStatus, "pending" | "initializing" | "blocked" | "unblocking">;

/** Something that events reach. @public */
export type EventBucket =
  | `event ${JobEventKind}`
  | `no-op ${JobEventKind}`
  | `refused ${Refusal}`
  | `evaluate ${EvaluationCause}`
  | `rollback ${Rollback["kind"]}`
  | `deployment ${SingleRegion}`
  | "promoted by hand"
  | "promoted by itself"
  | "no room";

/**
 * Everything that some thousand lives reach (5,000 at seed 1), and how often at least. The compiler sees to it that none is forgotten.
 *
 * @public
 */
export const EVENT_FLOORS: { readonly [bucket in EventBucket]: number } = {
  "event submit": 20,
  "event stop_job": 20,
  "event scale": 20,
  "event revert": 20,
  "event apply_plan": 20,
  "event update_clients": 20,
  "event update_node": 20,
  "event report_health": 20,
  "event promote": 20,
  "event pause": 20,
  "event resume": 20,
  "event fail": 20,
  "event stop_allocation": 20,
  "event migrate": 20,
  "event collect": 20,
  "event tag": 20,
  "event untag": 20,
  "event tick": 20,
  "no-op submit": 20,
  // A job is stopped twice without a purge.
  "no-op stop_job": 1,
  "no-op scale": 20,
  "no-op revert": 20,
  "no-op apply_plan": 20,
  "no-op update_clients": 20,
  "no-op update_node": 20,
  "no-op report_health": 20,
  "no-op promote": 20,
  "no-op pause": 20,
  "no-op resume": 20,
  // Failing a deployment and taking a tag away always change something.
  "no-op fail": 0,
  "no-op untag": 0,
  "no-op stop_allocation": 20,
  "no-op migrate": 1,
  "no-op collect": 20,
  "no-op tag": 20,
  "no-op tick": 20,
  "refused unknown_version": 20,
  "refused unknown_group": 20,
  "refused duplicate_allocation": 1,
  "refused bad_number": 1,
  "refused invalid_job": 20,
  "refused unknown_job": 20,
  "refused foreign_job": 20,
  "refused type_changed": 20,
  "refused stale_check_index": 20,
  "refused stale_plan": 20,
  "refused other_plan": 20,
  "refused missing_placement": 1,
  "refused unknown_placement": 1,
  "refused unknown_node": 20,
  "refused unknown_allocation": 20,
  "refused allocation_terminal": 20,
  "refused foreign_allocation": 20,
  "refused unknown_deployment": 20,
  "refused deployment_terminal": 20,
  "refused deployment_active": 20,
  "refused nothing_named": 20,
  "refused contradictory_health": 20,
  "refused nothing_to_promote": 20,
  "refused canaries_not_healthy": 20,
  "refused already_current": 20,
  "refused prior_version_differs": 20,
  "refused unknown_tag": 20,
  "refused tag_taken": 20,
  "evaluate job_submitted": 20,
  "evaluate job_stopped": 20,
  "evaluate job_scaled": 20,
  "evaluate job_reverted": 20,
  "evaluate plan_applied": 20,
  "evaluate client_update": 20,
  "evaluate node_update": 20,
  "evaluate health_decided": 20,
  "evaluate promoted": 20,
  "evaluate resumed": 20,
  "evaluate deployment_failed": 20,
  "evaluate allocation_stopped": 20,
  "evaluate migration": 20,
  "evaluate follow_up": 20,
  // Most of what time changes has a follow-up of its own.
  "evaluate wake_up": 5,
  "rollback rolled_back": 20,
  "rollback no_stable_version": 20,
  "rollback same_specification": 20,
  "rollback superseded": 1,
  "deployment running": 20,
  "deployment paused": 20,
  "deployment successful": 20,
  "deployment failed": 20,
  "deployment cancelled": 20,
  "promoted by hand": 20,
  "promoted by itself": 20,
  "no room": 20,
};

/** Notes what an accepted event reached. */
export function seeStep(
  coverage: Coverage<EventBucket>,
  before: JobState,
  event: JobEvent,
  { state, changed, evaluate, rollback }: Transition,
): void {
  coverage.note(changed ? `event ${event.kind}` : `no-op ${event.kind}`);
  if (evaluate !== undefined) coverage.note(`evaluate ${evaluate.because}`);
  if (rollback !== undefined) coverage.note(`rollback ${rollback.kind}`);
  if (state.waitsForRoom === true) coverage.note("no room");
  if (state.deployments === before.deployments) return;
  for (const deployment of state.deployments) {
    const was = before.deployments.find(({ id }) => id === deployment.id);
    if (was?.status !== deployment.status) coverage.note(`deployment ${deployment.status as SingleRegion}`);
    const isPromoted = Object.entries(deployment.groups).some(
      ([group, own]) => own.promoted && was?.groups[group]?.promoted === false,
    );
    if (isPromoted) coverage.note(event.kind === "promote" ? "promoted by hand" : "promoted by itself");
  }
}

/** Notes that an event was refused. */
export function seeRefusal(coverage: Coverage<EventBucket>, { code }: VerdigrisError): void {
  coverage.note(`refused ${code as Refusal}`);
}
