import {
  type Allocation,
  isServerTerminal,
  type Json,
  type Task,
  type TaskGroup,
  type TaskState,
  UPDATE_DEFAULTS,
} from "../../model/index.js";

/** What task states, checks and time say of one allocation's health. Times are milliseconds since the epoch. @public */
export type HealthJudgement =
  | { readonly kind: "healthy" }
  | { readonly kind: "unhealthy"; readonly because: "failed" | "task_ended" | "healthy_deadline" }
  /** Not decided. `until`: when time alone could change that. */
  | { readonly kind: "undecided"; readonly until?: number };

/**
 * The judgement that a node's agent makes of an allocation of a deployment, by the update block of its own version.
 * With `healthCheck: "manual"` only a failure is judged.
 *
 * @example
 * ```ts
 * const running = { ...allocation, createdAt: 0, taskStates: { main: { state: "running", startedAt: 1_000 } } };
 * judgeHealth(running, group, 5_000); // { kind: "undecided", until: 11_000 }
 * judgeHealth(running, group, 11_000); // { kind: "healthy" }
 * ```
 *
 * @public
 */
export function judgeHealth(allocation: Allocation, group: TaskGroup, now: number): HealthJudgement {
  if (isServerTerminal(allocation) || allocation.clientStatus === "lost") return { kind: "undecided" };
  if (allocation.clientStatus === "failed") return { kind: "unhealthy", because: "failed" };
  if (allocation.clientStatus === "complete" || someTaskEnded(allocation, group)) {
    return { kind: "unhealthy", because: "task_ended" };
  }
  const update = { ...UPDATE_DEFAULTS, ...group.update };
  if (update.healthCheck === "manual") return { kind: "undecided" };
  const since = wellSince(allocation, group, update.healthCheck === "checks");
  const healthyAt = since === undefined ? Number.POSITIVE_INFINITY : since + update.minHealthyTime;
  if (healthyAt <= now) return { kind: "healthy" };
  const deadline = (allocation.adoptedAt ?? allocation.createdAt) + update.healthyDeadline;
  if (deadline <= now) return { kind: "unhealthy", because: "healthy_deadline" };
  return { kind: "undecided", until: Math.min(healthyAt, deadline) };
}

/** A main task is dead; or one that runs before or after the main ones failed. */
function someTaskEnded({ taskStates }: Allocation, group: TaskGroup): boolean {
  if (taskStates === undefined) return false;
  return group.tasks.some((task) => {
    const state = stateOf(taskStates, task);
    return state?.state === "dead" && (isMain(task) || state.failed === true);
  });
}

/** Since when everything is as it should be; nothing when it is not, or nobody said. */
function wellSince(allocation: Allocation, group: TaskGroup, asksChecks: boolean): number | undefined {
  const { taskStates, checks, clientStatus } = allocation;
  if (clientStatus !== "running" || taskStates === undefined) return undefined;
  let since = allocation.adoptedAt ?? 0;
  for (const task of group.tasks) {
    if (!isMain(task)) continue;
    const state = stateOf(taskStates, task);
    if (state?.state !== "running" || state.startedAt === undefined) return undefined;
    since = Math.max(since, state.startedAt, state.lastRestartAt ?? 0);
  }
  if (asksChecks && checks !== undefined) {
    for (const check of Object.values(checks)) {
      if (check.status !== "success") return undefined;
      since = Math.max(since, check.since);
    }
  }
  return since;
}

function stateOf(states: { readonly [task: string]: TaskState }, task: Task): TaskState | undefined {
  return Object.hasOwn(states, task.name) ? states[task.name] : undefined;
}

/** Tasks with a hook run before, beside or after the main ones. */
function isMain(task: Task): boolean {
  const lifecycle: Json | undefined = task["lifecycle"];
  return lifecycle === undefined || lifecycle === null;
}
