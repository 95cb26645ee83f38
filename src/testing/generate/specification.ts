import type {
  DisconnectPolicy,
  JobType,
  ReschedulePolicy,
  Task,
  TaskGroup,
  UpdateStrategy,
} from "../../model/index.js";
import type { Choices } from "./choices.js";
import type { JobLimits } from "./job-limits.js";

/** What every group of a job has in common. */
export interface GroupOptions {
  readonly type: JobType;
  readonly image: string;
  readonly limits: JobLimits;
}

const MINUTE = 60_000;
const NEVER: ReschedulePolicy = { attempts: 0, interval: MINUTE };

function updateBlock(choices: Choices, count: number, limits: JobLimits): UpdateStrategy | undefined {
  if (choices.oneIn(6)) return undefined;
  const canary = limits.canaries ? choices.of(0, 0, 1, 2, count) : 0;
  return {
    maxParallel: choices.of(1, 1, 2, 3),
    canary,
    ...(choices.oneIn(3) ? { autoRevert: true } : {}),
    ...(canary > 0 && choices.oneIn(4) ? { autoPromote: true } : {}),
    ...(choices.oneIn(6) ? { rollback: "gated" as const } : {}),
    ...(choices.oneIn(5) ? { progressDeadline: 0 } : {}),
    ...(choices.oneIn(5) ? { healthCheck: choices.of("manual", "task_states") } : {}),
  };
}

function reschedulePolicy(choices: Choices): ReschedulePolicy | undefined {
  const kind = choices.below(6);
  if (kind === 0) return undefined;
  const growth = {
    delay: choices.of(0, 500, 5_000, 30_000),
    delayFunction: choices.of("constant", "exponential", "fibonacci"),
    maxDelay: choices.of(0, MINUTE, 5 * MINUTE),
  };
  if (kind < 4) return { ...growth, unlimited: true };
  return { ...growth, attempts: choices.of(0, 1, 2, 3), interval: choices.of(MINUTE, 60 * MINUTE) };
}

function disconnectPolicy(choices: Choices): DisconnectPolicy | undefined {
  if (choices.oneIn(3)) return undefined;
  return {
    ...(choices.oneIn(5) ? {} : { lostAfter: choices.of(10 * MINUTE, 10_000, 60 * MINUTE) }),
    ...(choices.oneIn(4) ? { stopOnClientAfter: choices.of(5_000, MINUTE) } : {}),
    ...(choices.oneIn(4) ? { replace: false } : {}),
    reconcile: choices.of("best_score", "longest_running", "keep_original", "keep_replacement"),
  };
}

function tasks(choices: Choices, image: string): Task[] {
  const main: Task = {
    name: "main",
    config: { image },
    ...(choices.oneIn(4) ? { leader: true } : {}),
    ...(choices.oneIn(4) ? { killTimeout: 20_000 } : {}),
  };
  return choices.oneIn(4) ? [main, { name: "log", config: { image: "log:1" } }] : [main];
}

/** A task group, within the limits. */
export function taskGroup(choices: Choices, name: string, { type, image, limits }: GroupOptions): TaskGroup {
  const count = choices.of(3, 1, 2, 4, 5, 0);
  const update = type === "batch" ? undefined : updateBlock(choices, count, limits);
  const reschedule = limits.reschedule ? reschedulePolicy(choices) : NEVER;
  const disconnect = limits.disconnect ? disconnectPolicy(choices) : undefined;
  return {
    name,
    count,
    tasks: tasks(choices, image),
    ...(update === undefined ? {} : { update }),
    ...(reschedule === undefined ? {} : { reschedule }),
    ...(disconnect === undefined ? {} : { disconnect }),
  };
}

/** The next specification: a new image, only a count or another safe property, a group more or less, or an older one again. */
export function changedGroups(
  choices: Choices,
  groups: readonly TaskGroup[],
  options: GroupOptions,
): TaskGroup[] {
  const { image, limits } = options;
  const what = choices.below(10);
  if (what === 0 && groups.length > 1) return groups.slice(1);
  if (what === 1 && groups.length < limits.groups)
    return [...groups, taskGroup(choices, "extra", options)].filter(uniqueNames);
  const touched = choices.below(groups.length);
  return groups.map((group, i) => {
    if (i !== touched && choices.oneIn(2)) return group;
    if (what === 2) return { ...group, count: choices.of(0, 1, 2, 3, 4, 6) };
    if (what === 3) return { ...group, shutdownDelay: choices.below(5) };
    return {
      ...group,
      tasks: group.tasks.map((task) => (task.name === "main" ? { ...task, config: { image } } : task)),
    };
  });
}

function uniqueNames(group: TaskGroup, i: number, groups: readonly TaskGroup[]): boolean {
  return groups.findIndex(({ name }) => name === group.name) === i;
}
