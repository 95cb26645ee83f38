import {
  type Action,
  type Allocation,
  allocationName,
  currentJob,
  type GroupCounts,
  groupOf,
  isTerminal,
  type Job,
  nameIndex,
  type PlaceAction,
  type Plan,
  VerdigrisError,
} from "../../model/index.js";
import { countActions, type ReconcileInput } from "../../reconcile/index.js";
import type { Decisions } from "./decisions.js";
import { type Rollout, rolloutOf } from "./rollout-of.js";

/**
 * Says decisions of any reconciler as a plan that this library's lifecycle carries out and its properties judge: verdicts,
 * names, and a deployment for each version that is rolled out, so that health can be reported and success is noticed.
 *
 * @throws VerdigrisError `unknown_allocation`, `unknown_group`
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
  requireKnown(input, job, decisions);
  const rollout = rolloutOf(input, job, decisions);
  const verdictOf = judging(job, decisions, rollout);
  const actions: Action[] = [];
  const groups: { [group: string]: GroupCounts } = {};
  const listed = (job?.groups ?? []).map(({ name }) => name);
  for (const group of new Set([...listed, ...input.allocations.map((one) => one.group)])) {
    const from = actions.length;
    const own = input.allocations.filter((one) => one.group === group).sort(canonically);
    const verdicts = own.map(verdictOf);
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

function requireKnown(
  { allocations }: ReconcileInput,
  job: Job | undefined,
  { stop = [], lost = [], adopt = [], place = {} }: Decisions,
): void {
  const known = new Set(allocations.map(({ id }) => id));
  for (const id of [...stop, ...lost, ...adopt]) {
    if (known.has(id)) continue;
    const message = `The decisions name allocation "${id}", which the input does not have.`;
    throw new VerdigrisError("unknown_allocation", message, { allocationId: id });
  }
  for (const group of Object.keys(place)) {
    if (job !== undefined && groupOf(job, group) !== undefined) continue;
    const message = `The decisions place group "${group}", which the current version does not have.`;
    throw new VerdigrisError("unknown_group", message, { group });
  }
}

/** What becomes of an allocation; of several decisions about one the first of lost, stop and adopt counts. */
function judging(
  job: Job | undefined,
  { stop = [], lost = [], adopt = [] }: Decisions,
  { joined }: Rollout,
): (allocation: Allocation) => Exclude<Action, { readonly placement: string; readonly name: string }> {
  const [stopped, gone, adopted] = [new Set(stop), new Set(lost), new Set(adopt)];
  return (allocation) => {
    const { id: allocationId, group } = allocation;
    const need = job === undefined ? 0 : (groupOf(job, group)?.count ?? 0);
    if (gone.has(allocationId)) {
      return { kind: "stop", group, allocationId, reason: { code: "lost" }, clientStatus: "lost" };
    }
    if (stopped.has(allocationId)) {
      // What it is surplus to is the other reconciler's affair.
      return { kind: "stop", group, allocationId, reason: { code: "surplus", have: need + 1, need } };
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
