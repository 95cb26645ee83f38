import { groupsToPromote, type JobState, type PromotionGate, promotionGates } from "../lifecycle/index.js";
import { type Action, type Deployment, isActive, type Node, type Plan } from "../model/index.js";
import { type ReconcilePolicy, reconcile } from "../reconcile/index.js";

/** What of the world a question is about; what is left out is as the state has it. @public */
export interface ExplainedWorld {
  readonly nodes?: readonly Node[];
  readonly policy?: ReconcilePolicy;
}

/** A state at a time, and what the reconciler makes of it. */
export interface Subject {
  readonly state: JobState;
  readonly now: number;
  readonly plan: Plan;
  /** Of the current version, active or failed. */
  readonly deployment: Deployment | undefined;
  /** Of those of its groups that wait for their promotion, while it is active. */
  readonly gates: readonly PromotionGate[];
}

/** No allocation waits for an evaluation of this name, so none gets what it waited for. */
const EVALUATION = "explained";

export function subjectOf(state: JobState, now: number, world: ExplainedWorld): Subject {
  const plan = reconcile({ ...state, ...world, now, evaluationId: EVALUATION });
  const deployment = state.deployments.find(({ id }) => id === plan.madeFrom.deploymentId);
  const gates =
    deployment === undefined || !isActive(deployment)
      ? []
      : promotionGates(deployment, groupsToPromote(deployment), state.allocations);
  return { state, now, plan, deployment, gates };
}

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
