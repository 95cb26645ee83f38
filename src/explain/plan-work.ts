import type { Action, Plan } from "../model/index.js";

/** What a plan does, beyond saying that nothing is done. */
export function workOf({ actions }: Plan): readonly Action[] {
  return actions.filter(({ kind }) => kind !== "ignore");
}

/** To carry the plan out would change something. */
export function hasWork(plan: Plan): boolean {
  return (
    workOf(plan).length > 0 ||
    plan.deployment !== undefined ||
    plan.deploymentUpdates.length > 0 ||
    plan.followUps.length > 0
  );
}
