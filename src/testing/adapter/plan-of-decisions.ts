import {
  type Action,
  type Allocation,
  allocationName,
  currentJob,
  type GroupCounts,
  groupOf,
  isStopped,
  isTerminal,
  type Job,
  nameIndex,
  type PlaceAction,
  type Plan,
  type StopReason,
} from "../../model/index.js";
import { countActions, type ReconcileInput } from "../../reconcile/index.js";
import type { Decisions } from "./decisions.js";
import { refuseDecisions } from "./refuse-decisions.js";
import { type Rollout, rolloutOf } from "./rollout-of.js";

/**
 * Says decisions of any reconciler as a plan that this library's lifecycle carries out and its properties judge: verdicts,
 * names, and a deployment for each version that is rolled out, so that health can be reported and success is noticed.
 *
 * @throws VerdigrisError `bad_option`, `bad_number`, `unknown_allocation`, `unknown_group`
 *
 * @example
 * ```ts
 * const input = { versions: [job], allocations: [], deployments: [], now: 0, evaluationId: "eval-1" };
 * const plan = planOfDecisions(input, { place: { web: 2 } });
 * plan.actions.length; // 2
 * ```
 *
 * @public
 */
export function planOfDecisions(input: ReconcileInput, decisions: Decisions): Plan {
  const job = currentJob(input.versions);
  refuseDecisions(input, job, decisions);
  const rollout = rolloutOf(input, job, decisions);
  const actions: Action[] = [];
  const groups: { [group: string]: GroupCounts } = {};
  const listed = (job?.groups ?? []).map(({ name }) => name);
  for (const group of new Set([...listed, ...input.allocations.map((one) => one.group)])) {
    const from = actions.length;
    const own = input.allocations.filter((one) => one.group === group).sort(canonically);
    const verdicts = own.map(judging(job, own, decisions, rollout));
    actions.push(...verdicts);
    if (job !== undefined) {
      const kept = own.filter((one, at) => verdicts[at]?.kind !== "stop" && !isTerminal(one));
      actions.push(...placements(decisions.place?.[group] ?? 0, group, job, kept, rollout));
    }
    groups[group] = countActions(actions, from, []);
  }
  const { planned, updates, current } = rollout;
  return {
    madeFrom: {
      evaluationId: input.evaluationId,
      ...(job === undefined ? {} : { jobVersion: job.version, jobCreateIndex: job.createIndex }),
      ...(current === undefined ? {} : { deploymentId: current.id }),
      ...(input.index === undefined ? {} : { index: input.index }),
    },
    actions,
    groups,
    ...(planned === undefined ? {} : { deployment: planned }),
    deploymentUpdates: updates,
    followUps: [],
    waiting: [],
  };
}

/** As plans are: by the index of the name, then by id. */
function canonically(a: Allocation, b: Allocation): number {
  return nameIndex(a.name) - nameIndex(b.name) || (a.id < b.id ? -1 : 1);
}

/** What becomes of an allocation of a group; of several decisions about one the first of lost, stop and adopt counts. */
function judging(
  job: Job | undefined,
  own: readonly Allocation[],
  { stop = [], lost = [], adopt = [] }: Decisions,
  { joined }: Rollout,
): (allocation: Allocation) => Exclude<Action, { readonly placement: string; readonly name: string }> {
  const [stopped, gone, adopted] = [new Set(stop), new Set(lost), new Set(adopt)];
  const whyStopped = stopReason(job, own);
  return (allocation) => {
    const { id: allocationId, group } = allocation;
    if (gone.has(allocationId)) {
      return { kind: "stop", group, allocationId, reason: { code: "lost" }, clientStatus: "lost" };
    }
    if (stopped.has(allocationId)) {
      return { kind: "stop", group, allocationId, reason: whyStopped };
    }
    if (adopted.has(allocationId) && job !== undefined) {
      const { version: jobVersion, createIndex: jobCreateIndex } = job;
      const reason = { code: "in_place_update" } as const;
      return { kind: "update", group, allocationId, reason, jobVersion, jobCreateIndex, ...joined(group) };
    }
    const code = isTerminal(allocation) ? "history" : "unchanged";
    return { kind: "ignore", group, allocationId, reason: { code } };
  };
}

/** Why those of a group are stopped, as far as the state tells: it may be the other reconciler's affair. */
function stopReason(job: Job | undefined, own: readonly Allocation[]): StopReason {
  if (isStopped(job)) return { code: "job_stopped" };
  const need = own[0] === undefined ? 0 : (groupOf(job, own[0].group)?.count ?? 0);
  if (need === 0) return { code: "group_removed" };
  // An older one that makes room is no more than the count wants; the numbers say so.
  return { code: "surplus", have: own.filter((one) => !isTerminal(one)).length, need };
}

/** New ones, each under the lowest name that is free. */
function placements(
  many: number,
  group: string,
  { id, version: jobVersion, createIndex: jobCreateIndex, groups }: Job,
  kept: readonly Allocation[],
  { joined }: Rollout,
): PlaceAction[] {
  const need = groups.find(({ name }) => name === group)?.count ?? 0;
  const taken = new Set(kept.map(({ name }) => nameIndex(name)));
  return Array.from({ length: many }, (_, n): PlaceAction => {
    let index = 0;
    while (taken.has(index)) index++;
    taken.add(index);
    return {
      kind: "place",
      placement: `${group}/${n}`,
      group,
      name: allocationName(id, group, index),
      jobVersion,
      jobCreateIndex,
      version: "current",
      reason: { code: "missing", have: kept.length, need },
      ...joined(group),
    };
  });
}
