import { judgeHealth, nextTick, ownGroup, rollbackTarget } from "../lifecycle/index.js";
import {
  type Allocation,
  type Deployment,
  deploymentStateOf,
  isTerminal,
  type Waiting,
} from "../model/index.js";
import { rollbackOutlook } from "./rollback-outlook.js";
import { hasWork, type Subject, workOf } from "./subject.js";
import type { Consequence, Wait } from "./wait.js";

/** Everything that is waited for, in no order. */
export function waitsOf(subject: Subject): Wait[] {
  return [...ofTheJob(subject), ...ofGroups(subject), ...givenUp(subject)];
}

/** What the job as a whole waits for: room, a plan, a tick. */
function ofTheJob({ state, now, plan }: Subject): Wait[] {
  const waits: Wait[] = [];
  const work = workOf(plan);
  const places =
    work.length > 0 && work.every(({ kind }) => kind === "place" || kind === "canary" || kind === "replace");
  if (state.waitsForRoom === true && places) waits.push({ kind: "room", endedBy: "capacity" });
  else if (hasWork(plan)) waits.push({ kind: "plan", endedBy: "planner" });
  if (nextTick(state, now) === now) waits.push({ kind: "tick", until: now, endedBy: "clock" });
  return waits;
}

function ofGroups(subject: Subject): Wait[] {
  return subject.plan.waiting.map((waiting) => waitOf(waiting, subject));
}

function waitOf(waiting: Waiting, subject: Subject): Wait {
  const { group } = waiting;
  const since = sinceStatus(subject.deployment);
  switch (waiting.for) {
    case "health":
      return healthWait(subject, waiting);
    case "promotion":
      return promotionWait(subject, waiting);
    case "free_slot":
      return { kind: "free_slot", group, endedBy: "client" };
    case "resume": {
      const isPaused = subject.deployment?.status === "paused";
      return { kind: isPaused ? "resume" : "peer", group, endedBy: "operator", ...since };
    }
    case "new_version":
      return { kind: "new_version", group, endedBy: "operator", ...since };
    case "version_to_keep_alive":
      return { kind: "version_to_keep_alive", group, endedBy: "operator" };
    case "reschedule":
      return timed("reschedule", waiting, "clock", { kind: "replaced" });
    case "time_out":
      return timed("time_out", waiting, "client", { kind: "lost" });
    case "client_stop":
      return timed("client_stop", waiting, "client", { kind: "replaced" });
  }
}

function timed(
  kind: "reschedule" | "time_out" | "client_stop",
  {
    group,
    at,
    allocations,
  }: { readonly group: string; readonly at: number; readonly allocations: readonly string[] },
  endedBy: Wait["endedBy"],
  onExpiry: Consequence,
): Wait {
  return { kind, group, allocations, until: at, endedBy, onExpiry };
}

/** Health is waited for since the first of them was placed, until the group's deadline. */
function healthWait(
  subject: Subject,
  { group, allocations }: Extract<Waiting, { readonly for: "health" }>,
): Wait {
  const { state, deployment } = subject;
  const rollback = rollbackOutlook(subject, group);
  const ids = new Set(allocations);
  const undecided = state.allocations.filter(({ id }) => ids.has(id));
  const since = earliest(undecided);
  const decides = deployment?.status === "running" ? firstDecision(undecided, subject) : undefined;
  const own = deployment?.status === "running" ? deploymentStateOf(deployment, group) : undefined;
  // One that waits for room and has nothing to go back to gets more time (D 43).
  const getsMore = (own?.noRoom ?? 0) > 0 && rollbackTarget(state.versions).kind !== "version";
  const until = getsMore ? undefined : own?.requireProgressBy;
  return {
    kind: "health",
    group,
    allocations,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined
      ? {}
      : { until, onExpiry: { kind: "deployment_fails", rollback: rollback ?? { kind: "not_wanted" } } }),
    endedBy: "client",
    ...(decides === undefined ? {} : { decides }),
  };
}

/** What a node's agent will say first, by the time that has passed. */
function firstDecision(undecided: readonly Allocation[], { state, now }: Subject): Wait["decides"] {
  let first: Wait["decides"];
  for (const one of undecided) {
    const group = ownGroup(state.versions, one);
    const judgement = group && judgeHealth(one, group, now);
    if (group === undefined || judgement?.kind !== "undecided" || judgement.until === undefined) continue;
    const at = judgement.until;
    if (first !== undefined && first.at <= at) continue;
    first = { at, allocationId: one.id, healthy: judgeHealth(one, group, at).kind === "healthy" };
  }
  return first;
}

function earliest(allocations: readonly Allocation[]): number | undefined {
  const times = allocations.map(({ createdAt, adoptedAt }) => adoptedAt ?? createdAt);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** A promotion is waited for since the last canary became healthy; by a person, unless it comes of itself. */
function promotionWait(
  { state, deployment }: Subject,
  { group, automatic, healthyCanaries, desiredCanaries }: Extract<Waiting, { readonly for: "promotion" }>,
): Wait {
  const isShort = healthyCanaries < desiredCanaries;
  const placed = new Set(deployment?.groups[group]?.placedCanaries);
  const canaries = state.allocations.filter((one) => placed.has(one.id) && !isTerminal(one));
  const times = canaries.flatMap(({ deploymentStatus }) => deploymentStatus?.timestamp ?? []);
  return {
    kind: "promotion",
    group,
    allocations: canaries.map(({ id }) => id),
    ...(isShort || times.length === 0 ? {} : { since: Math.max(...times) }),
    endedBy: isShort ? "client" : automatic ? "clock" : "operator",
    ...(automatic && !isShort ? { onExpiry: { kind: "promoted" as const } } : {}),
  };
}

/** Since it failed: nothing touches it any more. Of others nobody notes when they came to their status. */
function sinceStatus(deployment: Deployment | undefined): { readonly since?: number } {
  if (deployment?.status !== "failed" || deployment.modifiedAt === undefined) return {};
  return { since: deployment.modifiedAt };
}

/** Those that failed for good: only somebody can bring them back. */
function givenUp({ plan }: Subject): Wait[] {
  const byGroup = new Map<string, string[]>();
  for (const action of plan.actions) {
    if (action.kind !== "ignore") continue;
    const { code } = action.reason;
    if (
      code !== "no_attempt_left" &&
      code !== "no_reschedule_policy" &&
      code !== "not_rescheduled_after_failure"
    )
      continue;
    const ids = byGroup.get(action.group) ?? [];
    byGroup.set(action.group, ids);
    ids.push(action.allocationId);
  }
  return [...byGroup].map(([group, allocations]) => ({
    kind: "given_up",
    group,
    allocations,
    endedBy: "operator",
  }));
}
