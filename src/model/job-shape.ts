import type { DisconnectPolicy } from "./disconnect-policy.js";
import type { Job } from "./job.js";
import type { ReschedulePolicy } from "./reschedule-policy.js";
import { closed, listOf, open } from "./shape/containers.js";
import { duration, flag, name, oneOf, optional, text, whole } from "./shape/scalars.js";
import type { Shape } from "./shape/shape.js";
import type { Task } from "./task.js";
import type { MigrateStrategy, TaskGroup } from "./task-group.js";
import type { UpdateStrategy } from "./update-strategy.js";

const update: Shape<UpdateStrategy> = closed<UpdateStrategy>({
  maxParallel: optional(whole),
  canary: optional(whole),
  autoRevert: optional(flag),
  autoPromote: optional(flag),
  rollback: optional(oneOf("ungated", "gated")),
  minHealthyTime: optional(duration),
  healthyDeadline: optional(duration),
  progressDeadline: optional(duration),
  healthCheck: optional(oneOf("checks", "task_states", "manual")),
  stagger: optional(duration),
});

const reschedule: Shape<ReschedulePolicy> = closed<ReschedulePolicy>({
  attempts: optional(whole),
  interval: optional(duration),
  delay: optional(duration),
  delayFunction: optional(oneOf("constant", "exponential", "fibonacci")),
  maxDelay: optional(duration),
  unlimited: optional(flag),
});

const disconnect: Shape<DisconnectPolicy> = closed<DisconnectPolicy>({
  lostAfter: optional(duration),
  stopOnClientAfter: optional(duration),
  replace: optional(flag),
  reconcile: optional(oneOf("best_score", "longest_running", "keep_original", "keep_replacement")),
});

const migrate: Shape<MigrateStrategy> = closed<MigrateStrategy>({
  maxParallel: optional(whole),
  minHealthyTime: optional(duration),
  healthyDeadline: optional(duration),
  healthCheck: optional(oneOf("checks", "task_states")),
});

const task: Shape<Task> = open<Task>({
  name,
  leader: optional(flag),
  killTimeout: optional(duration),
});

const group: Shape<TaskGroup> = open<TaskGroup>({
  name,
  count: whole,
  tasks: listOf(task),
  update: optional(update),
  reschedule: optional(reschedule),
  disconnect: optional(disconnect),
  migrate: optional(migrate),
});

/** @internal */
export const groupsShape: Shape<readonly TaskGroup[]> = listOf(group);

/** @internal */
export const jobShape: Shape<Job> = open<Job>({
  id: name,
  namespace: optional(name),
  type: oneOf("service", "batch"),
  version: whole,
  createIndex: whole,
  modifyIndex: whole,
  stop: optional(flag),
  stable: optional(flag),
  rollbackOf: optional(whole),
  tag: optional(text),
  priority: optional(whole),
  groups: groupsShape,
});
