import type { Action, CanaryAction, PlaceAction, Plan, ReplaceAction } from "./plan.js";

/** An action that asks for a new allocation. @public */
export type PlacingAction = PlaceAction | CanaryAction | ReplaceAction;

/** @internal */
export function isPlacing(action: Action): action is PlacingAction {
  return action.kind === "place" || action.kind === "canary" || action.kind === "replace";
}

/**
 * What of a plan has to be placed: `applyPlan` wants to know where each of these went.
 *
 * @example
 * ```ts
 * const plan = reconcile({ ...submitted, now, evaluationId: "eval-1" });
 * placementsOf(plan).map(({ placement }) => placement); // ["web/0", "web/1", "web/2"]
 * ```
 *
 * @public
 */
export function placementsOf(plan: Plan): readonly PlacingAction[] {
  return plan.actions.filter(isPlacing);
}
