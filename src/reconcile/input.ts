import type { Allocation, Deployment, Job, Node } from "../model/index.js";
import type { ReconcilePolicy } from "./policy.js";

/**
 * Everything that one evaluation of one job looks at. The order of the arrays does not matter, and nothing in them is
 * changed. Times are milliseconds since the epoch.
 *
 * @public
 */
export interface ReconcileInput {
  /** Every known version of one job; none when it was purged. */
  readonly versions: readonly Job[];
  readonly allocations: readonly Allocation[];
  readonly deployments: readonly Deployment[];
  /** Only those worth mentioning: one that is not listed is healthy, `gone` no longer exists. */
  readonly nodes?: readonly Node[];
  readonly now: number;
  /** Names this run; an allocation whose `followUpEvaluationId` it is gets what it waited for. */
  readonly evaluationId: string;
  /** The index of the state that this is, so that a stale plan is recognised. */
  readonly index?: number;
  readonly policy?: ReconcilePolicy;
}
