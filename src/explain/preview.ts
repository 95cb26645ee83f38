import { type JobState, registeredJob, type Transition, transition } from "../lifecycle/index.js";
import type { Action, GroupCounts, Issue, Node, Plan } from "../model/index.js";
import { planHash } from "../model/index.js";
import { type ReconcilePolicy, reconcile } from "../reconcile/index.js";
import { diffOf } from "./diff-of-job.js";
import { type Fates, fatesOf } from "./fates.js";
import { previewWarnings } from "./preview-warnings.js";
import type { ProposedChange } from "./proposed-change.js";
import type { SpecificationDiff } from "./specification-diff.js";

/** What a preview is made in: as `reconcile` would be asked afterwards. @public */
export interface PreviewWorld {
  /** When the change would be made, in milliseconds since the epoch. */
  readonly now: number;
  /** Only those worth mentioning; absent: those of the state. */
  readonly nodes?: readonly Node[];
  readonly policy?: ReconcilePolicy;
  /** Names the evaluation, and with it what the plan makes. Default `"preview"`. */
  readonly evaluationId?: string;
}

/** What the plan does in one group. @public */
export interface GroupPreview {
  readonly name: string;
  readonly counts: GroupCounts;
  readonly allocations: Fates;
  /** The names of the allocations that are made, those of `replace` among them; canaries apart. */
  readonly placed: readonly string[];
  readonly canaries: readonly string[];
}

/** What a change would do, as plain JSON. @public */
export interface Preview {
  readonly jobId: string;
  /** Whether there would be a new version, or the job would be forgotten. */
  readonly isChange: boolean;
  readonly diff: SpecificationDiff;
  /** In the order of the plan. */
  readonly groups: readonly GroupPreview[];
  /** The `checkIndex` that makes sure that the change is made to the job that was looked at; 0: there is none yet. */
  readonly checkIndex: number;
  /** What is allowed and probably not meant. */
  readonly warnings: readonly Issue[];
  /** The first plan after the change; more may follow as allocations become healthy. */
  readonly plan: Plan;
  /** Of the plan: `applyPlan` can insist on it. */
  readonly hash: string;
}

/**
 * What a change would do, without doing it: `nomad job plan` as data. Decides nothing by itself: the change goes through
 * `transition`, and what it asks for through `reconcile`. Where the change changes nothing, the plan is what would be
 * done anyway.
 *
 * @throws VerdigrisError as `transition` refuses the change, and as `reconcile` refuses the state.
 *
 * @example
 * ```ts
 * const two = { ...job, groups: [{ ...group, count: 2 }] };
 * const seen = preview(emptyJobState(), { kind: "submit", job: two }, { now });
 * seen.checkIndex; // 0
 * seen.groups[0]?.placed.length; // 2
 * ```
 *
 * @public
 */
export function preview(state: JobState, change: ProposedChange, world: PreviewWorld): Preview {
  const before = registeredJob(state);
  const done = transition(state, { ...change, now: world.now });
  const after = registeredJob(done.state);
  const plan = planOf(done, world);
  const diff = diffOf(before, after, world.policy);
  const isChange = before?.modifyIndex !== after?.modifyIndex;
  return {
    jobId: diff.name,
    isChange,
    diff,
    groups: groupsOf(plan),
    checkIndex: before?.modifyIndex ?? 0,
    warnings: [
      ...(done.warnings ?? []),
      ...previewWarnings({ before, after, state: done.state, plan, isNewVersion: isChange }),
    ],
    plan,
    hash: planHash(plan),
  };
}

function planOf({ state }: Transition, { now, nodes, policy, evaluationId = "preview" }: PreviewWorld): Plan {
  return reconcile({
    ...state,
    ...(nodes === undefined ? {} : { nodes }),
    ...(policy === undefined ? {} : { policy }),
    now,
    evaluationId,
  });
}

function groupsOf(plan: Plan): GroupPreview[] {
  const byGroup = new Map<string, Action[]>(Object.keys(plan.groups).map((name) => [name, []]));
  for (const action of plan.actions) byGroup.get(action.group)?.push(action);
  return Object.entries(plan.groups).map(([name, counts]) => {
    const actions = byGroup.get(name) ?? [];
    return {
      name,
      counts,
      allocations: fatesOf(actions),
      placed: actions.flatMap((one) => (one.kind === "place" || one.kind === "replace" ? [one.name] : [])),
      canaries: actions.flatMap((one) => (one.kind === "canary" ? [one.name] : [])),
    };
  });
}
