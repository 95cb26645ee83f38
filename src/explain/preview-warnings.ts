import { type JobState, rollbackTarget } from "../lifecycle/index.js";
import {
  groupOf,
  type Issue,
  isStopped,
  type Job,
  type Plan,
  type TaskGroup,
  updateStrategyOf,
} from "../model/index.js";

/** A change: the job before and after, and the state that it leads to. */
export interface Changed {
  readonly before: Job | undefined;
  readonly after: Job | undefined;
  readonly state: JobState;
  /** What is planned for it. */
  readonly plan: Plan;
  /** A new try of what failed is a new version that says the same. */
  readonly isNewVersion: boolean;
}

/** What is allowed and probably not meant, seen only in the change and not in the specification alone. */
export function previewWarnings(changed: Changed): Issue[] {
  const { after, isNewVersion } = changed;
  if (after === undefined || !isNewVersion || isStopped(after)) return [];
  return after.groups.flatMap((group, at) =>
    RULES.flatMap(({ code, at: field, isBroken, message }) =>
      isBroken(changed, group)
        ? [
            {
              code,
              path: `$.groups[${at}]${field}`,
              message: `group "${group.name}": ${message(changed, group)}`,
            },
          ]
        : [],
    ),
  );
}

interface Rule {
  readonly code: string;
  readonly at: string;
  readonly isBroken: (changed: Changed, group: TaskGroup) => boolean;
  readonly message: (changed: Changed, group: TaskGroup) => string;
}

const RULES: readonly Rule[] = [
  {
    code: "nothing_to_revert_to",
    at: ".update.autoRevert",
    // A first version has nothing before it, and nobody expects otherwise.
    isBroken: ({ before, state }, group) =>
      before !== undefined &&
      updateStrategyOf(group)?.autoRevert === true &&
      rollbackTarget(state.versions).kind === "no_stable_version",
    message: () =>
      "autoRevert has nowhere to go: no version of this job ever succeeded. If this one fails, it stays failed",
  },
  {
    code: "canary_above_count",
    at: ".update.canary",
    isBroken: (_, group) => group.count > 0 && canariesOf(group) > group.count,
    message: (_, group) =>
      `canary (${canariesOf(group)}) is above count (${group.count}): more run until the promotion than after it`,
  },
  {
    code: "count_lowered_with_canaries",
    at: ".count",
    isBroken: ({ before, plan }, group) => {
      const was = before === undefined ? undefined : groupOf(before, group.name);
      return was !== undefined && group.count < was.count && stopsBeforePromotion(plan, group.name);
    },
    message: ({ before }, group) =>
      `count goes from ${before === undefined ? 0 : groupOf(before, group.name)?.count} to ${group.count}, and what is too many stops at once, before any canary is promoted; lower it in a change of its own`,
  },
  {
    code: "group_renamed",
    at: ".name",
    isBroken: (changed, group) => formerName(changed, group) !== undefined,
    message: (changed, group) =>
      `it looks like "${formerName(changed, group)}" under a new name. A group that is renamed is another group: all of the old one stops and all of the new one is placed at once, without canaries and without maxParallel`,
  },
];

/** Whether some stop as too many while others wait for canaries. */
function stopsBeforePromotion({ actions }: Plan, group: string): boolean {
  const own = actions.filter((action) => action.group === group);
  const isGated = own.some(({ kind, reason }) => kind === "canary" || reason.code === "held_for_promotion");
  return isGated && own.some(({ reason }) => reason.code === "surplus");
}

function canariesOf(group: TaskGroup): number {
  return updateStrategyOf(group)?.canary ?? 0;
}

/** The group that went as this one came, and had the same tasks. */
function formerName({ before, after }: Changed, group: TaskGroup): string | undefined {
  if (before === undefined || after === undefined || groupOf(before, group.name) !== undefined)
    return undefined;
  const gone = before.groups.filter(({ name }) => groupOf(after, name) === undefined);
  return gone.find((one) => tasksOf(one) === tasksOf(group))?.name;
}

/** Everything about its tasks: a group of other tasks under the same names is another group. */
function tasksOf({ tasks }: TaskGroup): string {
  return JSON.stringify(tasks);
}
