import { groupOf, isStopped, type Job, type TaskGroup } from "../model/index.js";
import { classifyUpdate, type ReconcilePolicy, type UpdateClass } from "../reconcile/index.js";
import type { ForcedUpdate } from "./specification-diff.js";

/** Two versions of a job, and who says what their difference means: the same who tells the reconciler. */
export interface Comparison {
  readonly before: Job;
  readonly after: Job;
  readonly classify: NonNullable<ReconcilePolicy["classifyUpdate"]>;
}

/** The comparison that the reconciler will make under that policy. */
export function comparison(before: Job, after: Job, policy: ReconcilePolicy = {}): Comparison {
  return { before, after, classify: policy.classifyUpdate ?? classifyUpdate };
}

/** What the reconciler says of a group that both versions have. */
export function classOf(
  { before, after, classify }: Comparison,
  from: TaskGroup,
  to: TaskGroup,
): UpdateClass {
  return classify({ group: to.name, from: { job: before, group: from }, to: { job: after, group: to } });
}

/** What a change of that group alone would force. */
export function forcedByGroup(compared: Comparison, from: TaskGroup, to: TaskGroup): ForcedUpdate {
  return wordOf(classOf({ ...compared, after: compared.before }, from, to));
}

/** What a change of the job alone, not of its groups, would force: the most that it forces of any. */
export function forcedByJob({ before, after, classify }: Comparison, alone: Job): ForcedUpdate {
  const words = before.groups.flatMap((from) => {
    if (groupOf(after, from.name) === undefined) return [];
    return [wordOf(classOf({ before, after: alone, classify }, from, from))];
  });
  return most(words);
}

/** The update that a class of the reconciler is. */
export function wordOf({ kind }: UpdateClass): ForcedUpdate {
  return kind === "destructive" ? "create_destroy" : "in_place";
}

/** What a change of `stop` forces. */
export function forcedByStop({ after }: Comparison): ForcedUpdate {
  return isStopped(after) ? "destroy" : "create";
}

const ORDER: readonly ForcedUpdate[] = ["none", "in_place", "create_destroy", "create", "destroy"];

/** The one that asks for most. */
export function most(words: readonly ForcedUpdate[]): ForcedUpdate {
  return words.reduce((a, b) => (ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a), "none");
}
