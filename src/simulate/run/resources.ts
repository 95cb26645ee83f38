import { type JobState, ownGroup } from "../../lifecycle/index.js";
import type { Allocation, Json, Task } from "../../model/index.js";

/** What an allocation takes of its node. */
export interface Needs {
  readonly cpu: number;
  readonly memory: number;
}

const NOTHING: Needs = { cpu: 0, memory: 0 };

/** The sum of what its tasks name as `resources: { cpu, memory }`; what they do not name is nothing. */
export function needsOf(
  { versions }: Pick<JobState, "versions">,
  allocation: Pick<Allocation, "jobVersion" | "jobCreateIndex" | "group">,
): Needs {
  const tasks = ownGroup(versions, allocation)?.tasks ?? [];
  if (tasks.every((task) => task["resources"] === undefined)) return NOTHING;
  return {
    cpu: tasks.reduce((sum, task) => sum + amount(task, "cpu"), 0),
    memory: tasks.reduce((sum, task) => sum + amount(task, "memory"), 0),
  };
}

function amount(task: Task, of: "cpu" | "memory"): number {
  const resources: Json | undefined = task["resources"];
  if (typeof resources !== "object" || resources === null) return 0;
  const value = Object.entries(resources).find(([name]) => name === of)?.[1];
  return typeof value === "number" && value > 0 ? value : 0;
}
