import {
  type Action,
  type DisconnectAction,
  type FollowUp,
  groupOf,
  type IgnoreReason,
  type PlaceReason,
  type Plan,
  type PlannedDeployment,
  type StopReason,
  type VersionReason,
  type Waiting,
} from "../../model/index.js";
import { nodeClassRow, type ReconcileInput } from "../../reconcile/index.js";
import type { Coverage } from "./coverage.js";

/** Something that plans reach. @public */
export type PlanBucket =
  | `kind ${Action["kind"]}`
  | `ignore ${IgnoreReason["code"]}`
  | `stop ${StopReason["code"]}`
  | `place ${PlaceReason["code"]}`
  | `version ${VersionReason}`
  | `disconnecting replaced ${DisconnectAction["reason"]["replaced"]}`
  | `follow-up ${FollowUp["cause"]}`
  | `waiting for ${Waiting["for"]}`
  | `deployment ${PlannedDeployment["kind"]}`
  | `status ${Plan["deploymentUpdates"][number]["description"]}`
  | `rule 4 row ${Row}`
  | "batch"
  | "stopped"
  | "purged";

type Row =
  | "1"
  | "2"
  | "3"
  | "4"
  | "5"
  | "6"
  | "7"
  | "8"
  | "9"
  | "10"
  | "11"
  | "12"
  | "13"
  | "14"
  | "15"
  | "16"
  | "17"
  | "18"
  | "19";

/** Notes what one plan reached. */
export function seePlan(coverage: Coverage<PlanBucket>, input: ReconcileInput, plan: Plan): void {
  for (const action of plan.actions) seeAction(coverage, action);
  for (const { cause } of plan.followUps) coverage.note(`follow-up ${cause}`);
  for (const waiting of plan.waiting) coverage.note(`waiting for ${waiting.for}`);
  for (const { description } of plan.deploymentUpdates) coverage.note(`status ${description}`);
  if (plan.deployment !== undefined) coverage.note(`deployment ${plan.deployment.kind}`);
  if (input.versions.length === 0) coverage.note("purged");
  const last = input.versions.at(-1);
  if (last?.stop === true) coverage.note("stopped");
  if (last?.type === "batch") coverage.note("batch");
  seeRows(coverage, input);
}

function seeAction(coverage: Coverage<PlanBucket>, action: Action): void {
  coverage.note(`kind ${action.kind}`);
  switch (action.kind) {
    case "ignore":
      coverage.note(`ignore ${action.reason.code}`);
      break;
    case "stop":
      coverage.note(`stop ${action.reason.code}`);
      break;
    case "disconnect":
      coverage.note(`disconnecting replaced ${action.reason.replaced}`);
      break;
    case "place":
    case "canary":
      coverage.note(`place ${action.reason.code}`);
      coverage.note(`version ${action.version}`);
      break;
  }
}

/** Which rows of rule 4 the allocations fall under. */
function seeRows(
  coverage: Coverage<PlanBucket>,
  { allocations, nodes = [], versions, now }: ReconcileInput,
): void {
  const known = new Map(nodes.map((node) => [node.id, node]));
  for (const allocation of allocations) {
    const version = versions.find(({ version: number }) => number === allocation.jobVersion);
    const disconnect = version === undefined ? undefined : groupOf(version, allocation.group)?.disconnect;
    const node = known.get(allocation.nodeId);
    const isWell = node === undefined || (/ready|initializing/.test(node.status) && node.draining !== true);
    const policy = { lostAfter: disconnect?.lostAfter ?? 0, replaceWhenAway: disconnect?.replace ?? true };
    const row = nodeClassRow(allocation, isWell ? undefined : node, policy, now);
    coverage.note(`rule 4 row ${String(row) as Row}`);
  }
}

/** A missing or unknown one does not compile. */
const EVERY: { readonly [bucket in PlanBucket]: true } = {
  "kind ignore": true,
  "kind stop": true,
  "kind replace": true,
  "kind update": true,
  "kind disconnect": true,
  "kind reconnect": true,
  "kind place": true,
  "kind canary": true,
  "ignore unchanged": true,
  "ignore budget_spent": true,
  "ignore held_for_promotion": true,
  "ignore held_while_paused": true,
  "ignore held_after_failure": true,
  "ignore history": true,
  "ignore stopped_before": true,
  "ignore stopped_before_removal": true,
  "ignore ended_as_older_version": true,
  "ignore dropped": true,
  "ignore waiting_for_reschedule": true,
  "ignore waiting_for_deployment": true,
  "ignore not_rescheduled_after_failure": true,
  "ignore waiting_for_client": true,
  "ignore no_attempt_left": true,
  "ignore no_reschedule_policy": true,
  "ignore unknown_and_due": true,
  "ignore unknown_and_replaced": true,
  "ignore lost_and_stopped": true,
  "stop job_stopped": true,
  "stop group_removed": true,
  "stop canary_cancelled": true,
  "stop surplus": true,
  "stop surplus_failed": true,
  "stop surplus_unknown": true,
  "stop reconnected_unwanted": true,
  "stop replacement_kept": true,
  "stop original_kept": true,
  "stop failed_while_away": true,
  "stop migrating": true,
  "stop rescheduled": true,
  "stop lost": true,
  "place canary_wanted": true,
  "place missing": true,
  "place rescheduled": true,
  "place lost": true,
  "place migrating": true,
  "version current": true,
  "version kept_alive": true,
  "version as_replaced": true,
  "version newest_running": true,
  "disconnecting replaced now": true,
  "disconnecting replaced later": true,
  "disconnecting replaced never": true,
  "disconnecting replaced not_needed": true,
  "follow-up reschedule": true,
  "follow-up lost_after": true,
  "follow-up stop_on_client_after": true,
  "waiting for promotion": true,
  "waiting for health": true,
  "waiting for free_slot": true,
  "waiting for resume": true,
  "waiting for new_version": true,
  "waiting for reschedule": true,
  "waiting for time_out": true,
  "waiting for client_stop": true,
  "waiting for version_to_keep_alive": true,
  "deployment created": true,
  "deployment changed": true,
  "status job_stopped": true,
  "status newer_version": true,
  "status successful": true,
  "status pending_for_peer": true,
  "rule 4 row 1": true,
  "rule 4 row 2": true,
  "rule 4 row 3": true,
  "rule 4 row 4": true,
  "rule 4 row 5": true,
  "rule 4 row 6": true,
  "rule 4 row 7": true,
  "rule 4 row 8": true,
  "rule 4 row 9": true,
  "rule 4 row 10": true,
  "rule 4 row 11": true,
  "rule 4 row 12": true,
  "rule 4 row 13": true,
  "rule 4 row 14": true,
  "rule 4 row 15": true,
  "rule 4 row 16": true,
  "rule 4 row 17": true,
  "rule 4 row 18": true,
  "rule 4 row 19": true,
  batch: true,
  stopped: true,
  purged: true,
};

/** Everything that plans can reach. @public */
export const PLAN_BUCKETS: readonly PlanBucket[] = Object.keys(EVERY) as PlanBucket[];
