import {
  type ChangedProperty,
  changed,
  firstDifference,
  isJsonObject,
  type Json,
  type JsonObject,
  joined,
  objectDifference,
  ownValue,
  type Task,
  type TaskGroup,
} from "../model/index.js";
import { GROUP_IN_PLACE_SAFE, type SafeProperty, TASK_IN_PLACE_SAFE } from "./in-place-safe.js";
import type { UpdateQuestion } from "./policy.js";
import type { UpdateClass } from "./update-class.js";

const IN_PLACE: UpdateClass = Object.freeze({ kind: "in_place" });

/**
 * The default answer of rule 9: destructive for any difference in a property that is not known to be safe, and for an
 * added or removed task; else in place. Depends on the two specifications alone.
 *
 * @example
 * ```ts
 * const [web] = job.groups;
 * const next = { ...web, tasks: [{ name: "main", config: { image: "image:2" } }] };
 * const to = { job: { ...job, version: 1, groups: [next] }, group: next };
 * classifyUpdate({ from: { job, group: web }, to }).kind; // "destructive"
 * ```
 *
 * @public
 */
export function classifyUpdate(question: UpdateQuestion): UpdateClass {
  const { from, to } = question;
  const change =
    groupDifference(from.group, to.group) ??
    tasksDifference(from.group.tasks, to.group.tasks, (task) =>
      firstDifference(
        effectiveMeta(from.job["meta"], from.group["meta"], from.group.tasks, task),
        effectiveMeta(to.job["meta"], to.group["meta"], to.group.tasks, task),
        `tasks.${task}.meta`,
      ),
    );
  return change === undefined ? IN_PLACE : { kind: "destructive", change };
}

/** Compared apart: `tasks` by name, `meta` as each task sees it. */
const APART = new Set(["tasks", "meta"]);

function groupDifference(from: TaskGroup, to: TaskGroup): ChangedProperty | undefined {
  return propertiesDifference(from, to, "", GROUP_IN_PLACE_SAFE);
}

function tasksDifference(
  from: readonly Task[],
  to: readonly Task[],
  metaDifference: (task: string) => ChangedProperty | undefined,
): ChangedProperty | undefined {
  for (const task of to) {
    const path = `tasks.${task.name}`;
    const before = from.find((other) => other.name === task.name);
    if (before === undefined) return changed(path, undefined, task.name);
    const difference =
      propertiesDifference(before, task, path, TASK_IN_PLACE_SAFE) ?? metaDifference(task.name);
    if (difference !== undefined) return difference;
  }
  for (const task of from) {
    if (!to.some((other) => other.name === task.name))
      return changed(`tasks.${task.name}`, task.name, undefined);
  }
  return undefined;
}

function propertiesDifference(
  from: JsonObject,
  to: JsonObject,
  path: string,
  safe: { readonly [property: string]: SafeProperty },
): ChangedProperty | undefined {
  return objectDifference(from, to, (key) => {
    if (APART.has(key)) return undefined;
    const safety = Object.hasOwn(safe, key) ? safe[key] : undefined;
    if (safety === true) return undefined;
    const at = joined(path, key);
    if (safety === undefined) return firstDifference(ownValue(from, key), ownValue(to, key), at);
    for (const part of safety.without) {
      const difference = firstDifference(
        partOf(ownValue(from, key), part),
        partOf(ownValue(to, key), part),
        joined(at, part),
      );
      if (difference !== undefined) return difference;
    }
    return undefined;
  });
}

/** The part of that name of a block; of a list of blocks, the list of those parts that are there. */
function partOf(block: Json | undefined, part: string): Json | undefined {
  if (Array.isArray(block)) {
    const parts = block.map((item: Json) => partOf(item, part)).filter((found) => found !== undefined);
    return parts.length === 0 ? undefined : parts;
  }
  return isJsonObject(block) ? ownValue(block, part) : undefined;
}

/** Job, group and task meta merged, the most specific winning. */
function effectiveMeta(
  job: Json | undefined,
  group: Json | undefined,
  tasks: readonly Task[],
  name: string,
): Json {
  const merged = new Map<string, Json>();
  for (const meta of [job, group, tasks.find((task) => task.name === name)?.["meta"]]) {
    if (!isJsonObject(meta)) continue;
    for (const key of Object.keys(meta)) {
      const value = meta[key];
      if (value !== undefined) merged.set(key, value);
    }
  }
  return Object.fromEntries(merged);
}
