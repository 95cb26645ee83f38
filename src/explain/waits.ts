import { judgeHealth, nextTick, ownGroup } from "../lifecycle/index.js";
import { type Allocation, isActive, isClientTerminal, isTerminal, type Waiting } from "../model/index.js";
import { hasWork, workOf } from "./plan-work.js";
import { promotionWait } from "./promotion-wait.js";
import type { Subject } from "./subject.js";
import type { Consequence, Wait } from "./wait.js";

/** Everything that is waited for, in no order. */
export function waitsOf(subject: Subject): Wait[] {
  const waits = [...ofTheJob(subject), ...ofGroups(subject), ...ofFollowUps(subject), ...givenUp(subject)];
  return [...waits, ...onTheirWay(subject)].map((wait) => withItsEnd(wait, subject));
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
  const since = sinceStatus(subject);
  switch (waiting.for) {
    case "health":
      return healthWait(subject, waiting);
    case "promotion":
      return promotionWait(subject, waiting);
    case "free_slot":
      return { kind: "free_slot", group, endedBy: endOfFreeSlot(subject, group) };
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

/** Room for what is not there yet, or the health of those that are; else only time helps, which fails the deployment or places again. */
function endOfFreeSlot({ state, plan }: Subject, group: string): Wait["endedBy"] {
  if (state.waitsForRoom === true) return "capacity";
  const isAwaited = plan.waiting.some((one) => one.for === "health" && one.group === group);
  return isAwaited ? "client" : "clock";
}

/** Health is waited for since the first of them was placed. */
function healthWait(
  subject: Subject,
  { group, allocations }: Extract<Waiting, { readonly for: "health" }>,
): Wait {
  const undecided = allocations.flatMap((id) => subject.allocationOf(id) ?? []);
  const times = undecided.map(({ createdAt, adoptedAt }) => adoptedAt ?? createdAt);
  const decides = firstDecision(undecided, subject);
  return {
    kind: "health",
    group,
    allocations,
    ...(times.length === 0 ? {} : { since: times.reduce((a, b) => Math.min(a, b)) }),
    endedBy: "client",
    ...(decides === undefined ? {} : { decides }),
  };
}

/** What a node's agent will say first, by the time that has passed. */
function firstDecision(
  undecided: readonly Allocation[],
  { state, now, deployment }: Subject,
): Wait["decides"] {
  if (deployment === undefined || !isActive(deployment)) return undefined;
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

/** Since it failed: nothing touches it any more. Of others nobody notes when they came to their status. */
function sinceStatus({ deployment }: Subject): { readonly since?: number } {
  if (deployment?.status !== "failed" || deployment.modifiedAt === undefined) return {};
  return { since: deployment.modifiedAt };
}

/** Replacements that a plan has put off, and that no plan says again. */
function ofFollowUps({ state, now, plan }: Subject): Wait[] {
  return (state.followUps ?? []).flatMap(({ cause, at, group, allocations }): Wait[] => {
    const isTold = plan.waiting.some((one) => "at" in one && one.at === at && one.group === group);
    if (cause !== "reschedule" || at <= now || isTold) return [];
    return [timed("reschedule", { group, at, allocations }, "clock", { kind: "replaced" })];
  });
}

/** Those that failed for good: only somebody can bring them back. */
function givenUp({ plan }: Subject): Wait[] {
  return byGroup(
    plan.actions.flatMap((action) =>
      action.kind === "ignore" && GIVEN_UP.has(action.reason.code) ? [action] : [],
    ),
    ({ allocationId }) => allocationId,
  ).map(([group, allocations]) => ({ kind: "given_up", group, allocations, endedBy: "operator" }));
}

const GIVEN_UP: ReadonlySet<string> = new Set([
  "no_attempt_left",
  "no_reschedule_policy",
  "not_rescheduled_after_failure",
]);

/** What nodes have not done yet: started what nobody judges, stopped what is to stop. */
function onTheirWay({ state }: Subject): Wait[] {
  const starting = state.allocations.filter(
    (one) => !isTerminal(one) && one.clientStatus === "pending" && one.deploymentId === undefined,
  );
  const stopping = state.allocations.filter((one) => isTerminal(one) && !isClientTerminal(one));
  return [
    ...byGroup(starting, ({ id }) => id).map(
      ([group, allocations]): Wait => ({ kind: "start", group, allocations, endedBy: "client" }),
    ),
    ...byGroup(stopping, ({ id }) => id).map(
      ([group, allocations]): Wait => ({ kind: "stop", group, allocations, endedBy: "client" }),
    ),
  ];
}

function byGroup<T extends { readonly group: string }>(
  things: readonly T[],
  idOf: (thing: T) => string,
): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const thing of things) {
    const ids = groups.get(thing.group);
    if (ids === undefined) groups.set(thing.group, [idOf(thing)]);
    else ids.push(idOf(thing));
  }
  return [...groups];
}

/** What may go on until the deployment fails, ends by that. */
const UNTIL_FAILURE: ReadonlySet<Wait["kind"]> = new Set(["room", "health", "promotion", "free_slot"]);

function withItsEnd(wait: Wait, { leftAlone }: Subject): Wait {
  const hasEnd = wait.until !== undefined || wait.onExpiry !== undefined;
  if (hasEnd || !UNTIL_FAILURE.has(wait.kind) || leftAlone?.status !== "failed") return wait;
  const { at, rollback } = leftAlone;
  return { ...wait, until: at, onExpiry: { kind: "deployment_fails", rollback } };
}
