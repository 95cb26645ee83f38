import type { GroupProgress, PromotionGate } from "../lifecycle/index.js";
import type { Action, DeploymentStatus, GroupCounts } from "../model/index.js";
import type { RollbackOutlook, Wait } from "./wait.js";

/** How far a rollout is. @public */
export type Phase =
  /** There is no job, or it is stopped. */
  | "no_job"
  | "stopping"
  /** No deployment is under way, and nothing is to be done. */
  | "at_rest"
  /** No deployment is under way, but something is to be done, has not started or stopped yet, or was given up. */
  | "settling"
  /** Canaries are to prove the version. */
  | "proving"
  /** Every canary that is wanted is healthy. */
  | "awaiting_promotion"
  /** The version takes the place of the others. */
  | "rolling"
  | "paused"
  | "awaiting_peer"
  | "failed";

/** What becomes of one job, and why nothing does. @public */
export interface Explanation {
  readonly phase: Phase;
  readonly jobVersion?: number;
  readonly deployment?: {
    readonly id: string;
    readonly status: DeploymentStatus;
    /** In the words of whatever brought it there. */
    readonly description?: string;
  };
  /** What is waited for first; absent: nothing is. */
  readonly waitingFor?: Wait;
  /** What else is waited for. */
  readonly besides: readonly Wait[];
  /** No event but an operator's changes what becomes of the rollout. */
  readonly deadEnd: boolean;
  /** Whether it is a dead end was not found out: there was too much to try. */
  readonly deadEndOpen?: true;
  /** What becomes of the deployment by plans and time alone; absent: they do not end it. */
  readonly leftAlone?: LeftAlone;
  /** Where `fail` would lead, or why a deployment that failed was not rolled back; absent: there is no deployment. */
  readonly rollback?: RollbackOutlook;
  readonly groups: readonly GroupExplanation[];
}

/** The end of a deployment if nobody reports or does anything more. Times are milliseconds since the epoch. @public */
export interface LeftAlone {
  readonly at: number;
  readonly status: DeploymentStatus;
  /** Where it fails: what comes of that. */
  readonly rollback: RollbackOutlook;
}

/** The same of one group. @public */
export interface GroupExplanation {
  readonly group: string;
  readonly counts: GroupCounts;
  /** In the deployment, if that has it. */
  readonly progress?: GroupProgress;
  readonly promotion?: PromotionVerdict;
  /** Where it keeps some from being replaced. */
  readonly budget?: UpdateBudget;
  /** What a plan would do with each allocation and place, with reasons and the version chosen. */
  readonly actions: readonly Action[];
}

/** Whether a group may be promoted, with the arithmetic. @public */
export interface PromotionVerdict extends PromotionGate {
  /** `promote` would be accepted of this group alone. */
  readonly mayBePromoted: boolean;
  /** Of the groups that want canaries, those whose canaries are not all healthy: to promote all is refused for them. */
  readonly heldBackBy: readonly string[];
  /** It will be promoted without anybody. */
  readonly automatic: boolean;
}

/** How many allocations may change at once, and what of that is spent. @public */
export interface UpdateBudget {
  readonly maxParallel: number;
  /** Of the deployment, and nobody knows yet whether they are healthy. */
  readonly undecided: number;
  readonly unhealthy: number;
  /** Placed by this plan, which come first. */
  readonly placedFirst: number;
  /** Replaced by this plan. */
  readonly replaced: number;
  /** Those that must still be replaced after it. */
  readonly left: number;
}
