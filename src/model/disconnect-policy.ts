/** Which of an original and its replacement stays when a disconnected node comes back. @public */
export type ReconcilePick = "best_score" | "longest_running" | "keep_original" | "keep_replacement";

/**
 * What happens to allocations whose node stops answering (Nomad's `disconnect` block). All durations are milliseconds.
 *
 * @public
 */
export type DisconnectPolicy = {
  /** How long a disconnected node's allocations stay `unknown` before they are lost. 0 (default): lost at once. */
  readonly lostAfter?: number;
  /** The node itself stops the allocation after this long; its replacement waits for that. */
  readonly stopOnClientAfter?: number;
  /** Whether an unknown allocation is replaced. Default true. */
  readonly replace?: boolean;
  /** Who stays when the node comes back. Default `best_score`. */
  readonly reconcile?: ReconcilePick;
};
