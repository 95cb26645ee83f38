import type { Allocation } from "./allocation.js";

/**
 * The newest entry of its history says `unknown`: it has not reconnected yet.
 *
 * @example
 * ```ts
 * isWaitingToReconnect({ ...allocation, clientStatusHistory: [{ status: "unknown", at: 5_000 }] }); // true
 * ```
 *
 * @public
 */
export function isWaitingToReconnect(allocation: Allocation): boolean {
  const history = allocation.clientStatusHistory;
  return history !== undefined && history.length > 0 && history[history.length - 1]?.status === "unknown";
}

/**
 * When it was last seen to go: the time of the first entry of the newest unbroken run of `unknown` entries.
 *
 * @example
 * ```ts
 * lastUnknown({ ...allocation, clientStatusHistory: [{ status: "unknown", at: 5_000 }, { status: "unknown", at: 6_000 }] }); // 5_000
 * ```
 *
 * @public
 */
export function lastUnknown(allocation: Allocation): number | undefined {
  const history = allocation.clientStatusHistory;
  if (history === undefined) return undefined;
  let at: number | undefined;
  for (let i = history.length - 1; i >= 0; i--) {
    const entry = history[i];
    if (entry?.status === "unknown") at = entry.at;
    else if (at !== undefined) break;
  }
  return at;
}

/**
 * When it was first marked lost.
 *
 * @example
 * ```ts
 * firstLost({ ...allocation, clientStatusHistory: [{ status: "lost", at: 5_000 }] }); // 5_000
 * ```
 *
 * @public
 */
export function firstLost(allocation: Allocation): number | undefined {
  const history = allocation.clientStatusHistory;
  if (history === undefined) return undefined;
  for (const entry of history) if (entry.status === "lost") return entry.at;
  return undefined;
}

/**
 * When an unknown allocation stops being waited for: last unknown + `lostAfter` of its own version (milliseconds).
 * None when it is not unknown, or nobody noted when it became so.
 *
 * @example
 * ```ts
 * const away = { ...allocation, clientStatus: "unknown", clientStatusHistory: [{ status: "unknown", at: 5_000 }] };
 * expiresAt(away, 60_000); // 65_000
 * ```
 *
 * @public
 */
export function expiresAt(allocation: Allocation, lostAfter: number): number | undefined {
  if (allocation.clientStatus !== "unknown") return undefined;
  const since = lastUnknown(allocation);
  return since === undefined ? undefined : since + lostAfter;
}
