import { type JsonObject, ownValue, type Task, type TaskGroup } from "../model/index.js";
import { addDifference, type Differences, differencesOf, keysOf } from "./difference-of.js";
import { type Comparison, classOf, forcedByGroup, most, wordOf } from "./forced-update.js";
import { kindOf } from "./kind-of-difference.js";
import type { DifferenceKind, ForcedUpdate, GroupDiff, TaskDiff } from "./specification-diff.js";

/** A group that only one of the versions has. */
export function wholeGroup(group: TaskGroup, kind: "added" | "deleted"): GroupDiff {
  const forces = kind === "added" ? "create" : "destroy";
  return {
    kind,
    name: group.name,
    forces,
    ...wholeOf(group, GROUP_APART, kind, forces),
    tasks: inOrder(group.tasks).map((task) => wholeTask(task, kind, forces)),
  };
}

/** A group before and after. Nothing of it may differ and it may be updated all the same: by the job's own `meta`. */
export function groupDiff(compared: Comparison, from: TaskGroup, to: TaskGroup): GroupDiff {
  const { fields, blocks }: Differences = { fields: [], blocks: [] };
  for (const key of keysOf(from, to)) {
    if (GROUP_APART.has(key)) continue;
    addDifference({ fields, blocks }, key, ownValue(from, key), ownValue(to, key), (instead) =>
      key === "count" ? byCount(from, to) : forcedByGroup(compared, from, { ...from, [key]: instead }),
    );
  }
  const tasks = taskDiffs(compared, from, to);
  const isChanged = fields.length + blocks.length > 0 || tasks.some(({ kind }) => kind !== "none");
  const answer = classOf(compared, from, to);
  return {
    kind: isChanged ? "edited" : "none",
    name: to.name,
    forces: wordOf(answer),
    fields,
    blocks,
    tasks,
    ...(answer.kind === "destructive" ? { because: answer.change } : {}),
  };
}

const GROUP_APART: ReadonlySet<string> = new Set(["name", "tasks"]);
const TASK_APART: ReadonlySet<string> = new Set(["name"]);

function byCount(from: TaskGroup, to: TaskGroup): ForcedUpdate {
  return to.count > from.count ? "create" : "destroy";
}

/** Every task of the two, in the order of their names. */
function taskDiffs(compared: Comparison, from: TaskGroup, to: TaskGroup): TaskDiff[] {
  const names = new Set([...from.tasks, ...to.tasks].map(({ name }) => name));
  return [...names].sort().flatMap((name) => {
    const [before, after] = [taskOf(from, name), taskOf(to, name)];
    const instead = (task: Task | undefined): ForcedUpdate =>
      forcedByGroup(compared, from, { ...from, tasks: withTask(from.tasks, name, task) });
    if (before === undefined) return after === undefined ? [] : [wholeTask(after, "added", instead(after))];
    if (after === undefined) return [wholeTask(before, "deleted", instead(undefined))];
    return [taskDiff(before, after, instead)];
  });
}

function taskDiff(from: Task, to: Task, forcedBy: (task: Task) => ForcedUpdate): TaskDiff {
  const { fields, blocks }: Differences = { fields: [], blocks: [] };
  for (const key of keysOf(from, to)) {
    if (TASK_APART.has(key)) continue;
    addDifference({ fields, blocks }, key, ownValue(from, key), ownValue(to, key), (instead) =>
      forcedBy({ ...from, [key]: instead }),
    );
  }
  return {
    kind: kindOf(from, to),
    name: to.name,
    forces: most([...fields, ...blocks].map(({ forces }) => forces)),
    fields,
    blocks,
  };
}

function wholeTask(task: Task, kind: "added" | "deleted", forces: ForcedUpdate): TaskDiff {
  return { kind, name: task.name, forces, ...wholeOf(task, TASK_APART, kind, forces) };
}

/** Everything that something new or gone says. */
export function wholeOf(
  whole: JsonObject,
  apart: ReadonlySet<string>,
  kind: DifferenceKind,
  forces: ForcedUpdate,
): Differences {
  const own = Object.fromEntries(Object.entries(whole).filter(([key]) => !apart.has(key)));
  return kind === "added"
    ? differencesOf({}, own, () => forces, false)
    : differencesOf(own, {}, () => forces, false);
}

function taskOf({ tasks }: TaskGroup, name: string): Task | undefined {
  return tasks.find((task) => task.name === name);
}

/** The tasks with that one changed, gone or new. */
function withTask(tasks: readonly Task[], name: string, task: Task | undefined): readonly Task[] {
  const others = tasks.flatMap((one) => (one.name !== name ? [one] : task === undefined ? [] : [task]));
  return task !== undefined && !tasks.some((one) => one.name === name) ? [...others, task] : others;
}

function inOrder(tasks: readonly Task[]): Task[] {
  return [...tasks].sort((a, b) => (a.name < b.name ? -1 : 1));
}
