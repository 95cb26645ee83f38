import {
  type Allocation,
  type AllocationDeploymentStatus,
  type CheckState,
  CLIENT_STATUSES,
  type ClientStatus,
  type ClientStatusChange,
  type DesiredTransition,
} from "./allocation.js";
import { nameIndex } from "./allocation-name.js";
import { STOPPED_BECAUSE } from "./reasons.js";
import type { RescheduleEvent, RescheduleRecord } from "./reschedule-record.js";
import { closed, listOf, open, recordOf } from "./shape/containers.js";
import { decimal, duration, flag, name, oneOf, optional, time, whole } from "./shape/scalars.js";
import { type Shape, told } from "./shape/shape.js";
import type { TaskState } from "./task-state.js";

/** @internal */
export const clientStatusShape: Shape<ClientStatus> = oneOf(...CLIENT_STATUSES);

const deploymentStatus: Shape<AllocationDeploymentStatus> = open<AllocationDeploymentStatus>({
  healthy: optional(flag),
  canary: optional(flag),
  timestamp: optional(time),
});

const desiredTransition: Shape<DesiredTransition> = closed<DesiredTransition>({
  migrate: optional(flag),
  reschedule: optional(flag),
  forceReschedule: optional(flag),
  disableMigrationPlacement: optional(flag),
});

const rescheduleEvent: Shape<RescheduleEvent> = open<RescheduleEvent>({
  at: time,
  previousAllocationId: name,
  previousNodeId: name,
  delay: duration,
});

const rescheduleRecord: Shape<RescheduleRecord> = open<RescheduleRecord>({
  events: listOf(rescheduleEvent),
  last: optional(oneOf("ok", "no_placement")),
});

/** @internal */
export const taskStateShape: Shape<TaskState> = open<TaskState>({
  state: oneOf("pending", "running", "dead"),
  failed: optional(flag),
  startedAt: optional(time),
  finishedAt: optional(time),
  restarts: optional(whole),
  lastRestartAt: optional(time),
});

const clientStatusChange: Shape<ClientStatusChange> = open<ClientStatusChange>({
  status: clientStatusShape,
  at: time,
});

/** @internal */
export const checkStateShape: Shape<CheckState> = open<CheckState>({
  status: oneOf("pending", "success", "failure"),
  since: time,
});

/** A name that ends in its index. */
const allocationName: Shape<string> = {
  check: (value, path, report) => {
    if (typeof value !== "string" || nameIndex(value) < 0) {
      report(
        "not_an_allocation_name",
        path,
        `${told(value)} does not end in its index: "<jobId>.<group>[<index>]"`,
      );
    }
  },
};

/** @internal */
export const allocationShape: Shape<Allocation> = open<Allocation>({
  id: name,
  name: allocationName,
  jobVersion: whole,
  jobCreateIndex: whole,
  group: name,
  nodeId: name,
  desiredStatus: oneOf("run", "stop", "evict"),
  clientStatus: clientStatusShape,
  deploymentId: optional(name),
  deploymentStatus: optional(deploymentStatus),
  desiredTransition: optional(desiredTransition),
  reschedule: optional(rescheduleRecord),
  previousAllocation: optional(name),
  nextAllocation: optional(name),
  followUpEvaluationId: optional(name),
  clientStatusHistory: optional(listOf(clientStatusChange)),
  taskStates: optional(recordOf(taskStateShape)),
  checks: optional(recordOf(checkStateShape)),
  score: optional(decimal),
  createdAt: time,
  modifiedAt: time,
  adoptedAt: optional(time),
  stopReason: optional(oneOf(...STOPPED_BECAUSE)),
});
