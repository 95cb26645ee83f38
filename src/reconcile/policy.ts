import type { Allocation, Job, TaskGroup } from "../model/index.js";
import type { UpdateClass } from "./update-class.js";

/** The two specifications of one group that an update is judged by. @public */
export interface UpdateQuestion {
  readonly group: string;
  readonly from: { readonly job: Job; readonly group: TaskGroup };
  readonly to: { readonly job: Job; readonly group: TaskGroup };
}

/** A new thing that wants an id. `attempt` counts from 0 and rises while the answer is borne already. @public */
export type NewId =
  | { readonly kind: "deployment"; readonly evaluationId: string; readonly attempt: number }
  | {
      readonly kind: "follow_up";
      readonly evaluationId: string;
      readonly group: string;
      /** The how manieth follow-up of its group this is. */
      readonly ordinal: number;
      readonly attempt: number;
    };

/**
 * What a caller may decide differently. Every function must be pure: the same question, the same answer.
 *
 * @public
 */
export interface ReconcilePolicy {
  /** Decides what a change means for a running allocation; asked once per version. Default: {@link classifyUpdate}. */
  readonly classifyUpdate?: (question: UpdateQuestion) => UpdateClass;
  /** Whether this allocation may adopt the job where it runs. Default: yes. */
  readonly canUpdateInPlace?: (allocation: Allocation, job: Job) => boolean;
  /** Keep what a lowered count would stop until the new version is promoted. Default false, as Nomad (D 14). */
  readonly holdCountUntilPromoted?: boolean;
  /** Names new deployments and follow-up evaluations. Default: after the evaluation. */
  readonly newId?: (what: NewId) => string;
}

/** Nothing is decided differently. */
export const NO_POLICY: ReconcilePolicy = {};
