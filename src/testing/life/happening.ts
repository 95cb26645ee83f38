import type { Life } from "./life.js";

/** Something that can happen in a life. @public */
export type HappeningKind =
  | "healthy"
  | "unhealthy"
  | "clients"
  | "crash"
  | "end"
  | "revive"
  | "pass"
  | "tick"
  | "node"
  | "nodes_back"
  | "submit"
  | "resubmit"
  | "scale"
  | "revert"
  | "promote"
  | "pause_or_resume"
  | "fail"
  | "submit_and_fail"
  | "stop_allocation"
  | "migrate"
  | "collect"
  | "stop_job"
  | "tag_or_untag"
  | "evaluate"
  | "apply_carelessly"
  | "apply_stale";

/**
 * One thing that happens: what it is about is read off its numbers in whatever state it meets. It has numbers of its own,
 * so that a life is made shorter without changing what happens in the rest of it.
 *
 * @public
 */
export interface Happening {
  readonly kind: HappeningKind;
  readonly choices: readonly number[];
}

/** What something does to a life. */
export type Happens = (life: Life) => void;
