import {
  groupsToPromote,
  type JobState,
  type PromotionGate,
  promotionGates,
  type RollbackTarget,
  rollbackTarget,
} from "../lifecycle/index.js";
import { type Allocation, type Deployment, isActive, type Node, type Plan } from "../model/index.js";
import type { ReconcilePolicy } from "../reconcile/index.js";
import type { LeftAlone } from "./explanation.js";
import { Moment } from "./moment.js";
import { leftAlone } from "./silence.js";

/** What of the world a question is about; what is left out is as the state has it. @public */
export interface ExplainedWorld {
  readonly nodes?: readonly Node[];
  readonly policy?: ReconcilePolicy;
}

/** A state at a time, and what the reconciler makes of it. */
export interface Subject {
  readonly moment: Moment;
  readonly state: JobState;
  readonly now: number;
  readonly plan: Plan;
  /** Of the current version, active or failed. */
  readonly deployment: Deployment | undefined;
  /** Of those of its groups that wait for their promotion, while it is active. */
  readonly gates: readonly PromotionGate[];
  readonly allocationOf: (id: string) => Allocation | undefined;
  readonly rollbackTarget: RollbackTarget;
  readonly leftAlone: LeftAlone | undefined;
}

/** No allocation waits for an evaluation of this name, so none gets what it waited for. */
const EVALUATION = "explained";

export function subjectOf(state: JobState, now: number, world: ExplainedWorld): Subject {
  const known = world.nodes === undefined ? state : { ...state, nodes: world.nodes };
  const moment = new Moment(known, now, world.policy, { due: EVALUATION });
  const { plan } = moment;
  const deployment = known.deployments.find(({ id }) => id === plan.madeFrom.deploymentId);
  const isUnderWay = deployment !== undefined && isActive(deployment);
  const byId = new Map(known.allocations.map((one) => [one.id, one]));
  return {
    moment,
    state: known,
    now,
    plan,
    deployment,
    gates: isUnderWay ? promotionGates(deployment, groupsToPromote(deployment), known.allocations) : [],
    allocationOf: (id) => byId.get(id),
    rollbackTarget: rollbackTarget(known.versions),
    leftAlone: isUnderWay ? leftAlone(moment, deployment.id) : undefined,
  };
}
