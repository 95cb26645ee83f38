import type { Allocation, ReconcilePick, TaskGroup } from "../model/index.js";

/** One of the two, with the group that its own version gives it. */
export interface Contestant {
  readonly allocation: Allocation;
  readonly group: TaskGroup | undefined;
}

/** Rule 6: which of the two stays when the original's node is back. */
export function keepsOriginal(pick: ReconcilePick, original: Contestant, replacement: Contestant): boolean {
  switch (pick) {
    case "keep_original":
      return true;
    case "keep_replacement":
      return false;
    case "best_score":
      return !replacementScoresBetter(original.allocation, replacement.allocation);
    case "longest_running":
      return originalRanLonger(original, replacement);
  }
}

function replacementScoresBetter(original: Allocation, replacement: Allocation): boolean {
  if (replacement.clientStatus !== "running" && original.clientStatus === "running") return false;
  if (replacement.score === undefined) return false;
  return original.score === undefined || replacement.score > original.score;
}

function originalRanLonger(original: Contestant, replacement: Contestant): boolean {
  const originalSince = runningSince(original);
  const replacementSince = runningSince(replacement);
  if (originalSince === undefined && replacementSince === undefined) {
    return !replacementScoresBetter(original.allocation, replacement.allocation);
  }
  if (originalSince === undefined) return false;
  return replacementSince === undefined || originalSince < replacementSince;
}

/** The last start of its leader, else of the task that started earliest. */
function runningSince({ allocation, group }: Contestant): number | undefined {
  const states = allocation.taskStates;
  if (states === undefined || group === undefined) return undefined;
  const leader = group.tasks.find((task) => task.leader === true);
  let earliest: number | undefined;
  for (const task of leader === undefined ? group.tasks : [leader]) {
    const state = Object.hasOwn(states, task.name) ? states[task.name] : undefined;
    const since = state?.lastRestartAt ?? state?.startedAt;
    if (since !== undefined && (earliest === undefined || since < earliest)) earliest = since;
  }
  return earliest;
}
