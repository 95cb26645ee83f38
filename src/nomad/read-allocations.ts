import {
  type Allocation,
  type AllocationDeploymentStatus,
  CLIENT_STATUSES,
  type ClientStatusChange,
  type DesiredTransition,
  type RescheduleRecord,
  type TaskState,
} from "../model/index.js";
import { type ObjectReader, readList, readWhole } from "./object-reader.js";
import { present } from "./present.js";

/**
 * Reads allocations as `GET /v1/job/:job_id/allocations` or `GET /v1/allocation/:alloc_id` give them: which version one
 * runs stands in `JobVersion` and `JobCreateIndex`, or in its `Job`.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * readAllocations(answers.allocations).length; // 5
 * ```
 *
 * @public
 */
export function readAllocations(json: unknown): Allocation[] {
  return readWhole("the allocations of Nomad's API", (issues) => readList(json, [], issues, allocationFrom));
}

function allocationFrom(allocation: ObjectReader): Allocation {
  const job = allocation.optionalObject("Job", (inner) => ({
    jobVersion: inner.whole("Version"),
    jobCreateIndex: inner.whole("CreateIndex"),
  }));
  return present({
    id: allocation.text("ID"),
    name: allocation.text("Name"),
    jobVersion: allocation.optionalWhole("JobVersion") ?? job?.jobVersion ?? allocation.whole("JobVersion"),
    jobCreateIndex:
      allocation.optionalWhole("JobCreateIndex") ?? job?.jobCreateIndex ?? allocation.whole("JobCreateIndex"),
    group: allocation.text("TaskGroup"),
    nodeId: allocation.text("NodeID"),
    desiredStatus: allocation.word("DesiredStatus", ["run", "stop", "evict"]),
    clientStatus: allocation.word("ClientStatus", CLIENT_STATUSES),
    deploymentId: allocation.optionalText("DeploymentID"),
    deploymentStatus: allocation.optionalObject("DeploymentStatus", deploymentStatusFrom),
    desiredTransition: someOf(allocation.optionalObject("DesiredTransition", desiredTransitionFrom)),
    reschedule: allocation.optionalObject("RescheduleTracker", rescheduleFrom),
    previousAllocation: allocation.optionalText("PreviousAllocation"),
    nextAllocation: allocation.optionalText("NextAllocation"),
    followUpEvaluationId: allocation.optionalText("FollowupEvalID"),
    clientStatusHistory: historyFrom(allocation),
    taskStates: allocation.record("TaskStates", taskStateFrom),
    score: scoreFrom(allocation),
    createdAt: allocation.nanoseconds("CreateTime"),
    modifiedAt: allocation.nanoseconds("ModifyTime"),
  });
}

function deploymentStatusFrom(status: ObjectReader): AllocationDeploymentStatus {
  return present({
    healthy: status.optionalFlag("Healthy"),
    canary: status.optionalFlag("Canary") || undefined,
    timestamp: status.optionalTime("Timestamp"),
  });
}

function desiredTransitionFrom(transition: ObjectReader): DesiredTransition {
  return present({
    migrate: transition.optionalFlag("Migrate"),
    reschedule: transition.optionalFlag("Reschedule"),
    forceReschedule: transition.optionalFlag("ForceReschedule"),
    disableMigrationPlacement: transition.optionalFlag("MigrateDisablePlacement"),
  });
}

/** An object that asks for nothing is absent. */
function someOf<T extends object>(fields: T | undefined): T | undefined {
  return fields === undefined || Object.keys(fields).length === 0 ? undefined : fields;
}

function rescheduleFrom(tracker: ObjectReader): RescheduleRecord {
  return present({
    events: tracker.objects("Events", (event) => ({
      at: event.nanoseconds("RescheduleTime"),
      previousAllocationId: event.text("PrevAllocID"),
      previousNodeId: event.text("PrevNodeID"),
      delay: event.nanoseconds("Delay"),
    })),
    last: LAST_RESCHEDULE[tracker.optionalWord("LastReschedule", ["ok", "no placement"]) ?? "unsaid"],
  });
}

const LAST_RESCHEDULE = { ok: "ok", "no placement": "no_placement", unsaid: undefined } as const;

/** The API numbers what an entry of `AllocStates` is about; 0 is the client status. */
const CLIENT_STATUS: ReadonlySet<unknown> = new Set([undefined, 0, "client_status"]);

function historyFrom(allocation: ObjectReader): ClientStatusChange[] | undefined {
  const entries = allocation.objects("AllocStates", (entry) =>
    CLIENT_STATUS.has(entry.raw("Field"))
      ? [
          {
            status: entry.word("Value", CLIENT_STATUSES),
            at: entry.optionalTime("Time") ?? 0,
          },
        ]
      : [],
  );
  return entries.length === 0 ? undefined : entries.flat();
}

function taskStateFrom(state: ObjectReader): TaskState {
  const restarts = state.optionalWhole("Restarts");
  return present({
    state: state.word("State", ["pending", "running", "dead"]),
    failed: state.optionalFlag("Failed"),
    startedAt: state.optionalTime("StartedAt"),
    finishedAt: state.optionalTime("FinishedAt"),
    restarts,
    lastRestartAt: state.optionalTime("LastRestart"),
  });
}

/** The normalised score of the node that it landed on. */
function scoreFrom(allocation: ObjectReader): number | undefined {
  const nodeId = allocation.raw("NodeID");
  const scores = allocation.optionalObject("Metrics", (metrics) =>
    metrics.objects("ScoreMetaData", (entry) => ({
      nodeId: entry.raw("NodeID"),
      score: entry.raw("NormScore"),
    })),
  );
  const score = scores?.find((entry) => entry.nodeId === nodeId)?.score;
  return typeof score === "number" && Number.isFinite(score) ? score : undefined;
}
