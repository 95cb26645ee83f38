import { type ChangedProperty, type IgnoreReason, UPDATE_DEFAULTS } from "../model/index.js";
import { isCanarying } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import type { GroupPicture } from "./group-picture.js";
import { changeOf } from "./updates.js";

/** One reason for all allocations that the same change would replace. */
export type HeldReasons = Map<ChangedProperty, IgnoreReason>;

/** Rule 13: why one that must be replaced, and is not in this plan, stays for now. */
export function heldBack(
  evaluation: Evaluation,
  picture: GroupPicture,
  i: number,
  known: HeldReasons,
): IgnoreReason {
  const change = changeOf(evaluation, picture, i);
  let reason = known.get(change);
  if (reason === undefined) {
    reason = heldReason(evaluation, picture, change);
    known.set(change, reason);
  }
  return reason;
}

function heldReason(evaluation: Evaluation, picture: GroupPicture, change: ChangedProperty): IgnoreReason {
  if (evaluation.isFailed) return { code: "held_after_failure", change };
  if (isCanarying(picture)) {
    const { canaries } = picture;
    return { code: "held_for_promotion", change, canaries, desiredCanaries: picture.state.desiredCanaries };
  }
  if (evaluation.isPaused) return { code: "held_while_paused", change };
  return {
    code: "budget_spent",
    change,
    maxParallel: picture.update?.maxParallel ?? UPDATE_DEFAULTS.maxParallel,
    undecided: picture.undecided,
    unhealthy: picture.unhealthy,
    placedFirst: picture.placements.length,
  };
}
