import type { Allocation } from "./allocation.js";

/**
 * It has task states, and every task is dead and did not fail.
 *
 * @example
 * ```ts
 * ranSuccessfully({ ...allocation, taskStates: { main: { state: "dead", failed: false } } }); // true
 * ```
 *
 * @public
 */
export function ranSuccessfully(allocation: Allocation): boolean {
  const states = allocation.taskStates;
  if (states === undefined) return false;
  let any = false;
  for (const task of Object.keys(states)) {
    const state = states[task];
    if (state === undefined) continue;
    if (state.state !== "dead" || state.failed === true) return false;
    any = true;
  }
  return any;
}

/**
 * When it failed: the latest `finishedAt` of its tasks, else `modifiedAt`.
 *
 * @example
 * ```ts
 * failTime({ ...allocation, taskStates: { main: { state: "dead", failed: true, finishedAt: 5_000 } } }); // 5_000
 * ```
 *
 * @public
 */
export function failTime(allocation: Allocation): number {
  let latest: number | undefined;
  const states = allocation.taskStates;
  if (states !== undefined) {
    for (const task of Object.keys(states)) {
      const finished = states[task]?.finishedAt;
      if (finished !== undefined && (latest === undefined || finished > latest)) latest = finished;
    }
  }
  return latest ?? allocation.modifiedAt;
}
