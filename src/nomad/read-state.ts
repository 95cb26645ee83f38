import type { Allocation, Deployment, Job, Node } from "../model/index.js";
import { readAllocations } from "./read-allocations.js";
import { readDeployments } from "./read-deployments.js";
import { readVersions } from "./read-job.js";
import { readNodes } from "./read-nodes.js";

/** The API's answers about one job, as they are. @public */
export interface NomadAnswers {
  /** `GET /v1/job/:job_id/versions` */
  readonly versions: unknown;
  /** `GET /v1/job/:job_id/allocations` */
  readonly allocations: unknown;
  /** `GET /v1/job/:job_id/deployments` */
  readonly deployments: unknown;
  /** `GET /v1/nodes` */
  readonly nodes?: unknown;
}

/**
 * Reads everything that `reconcile` looks at: add `now` and `evaluationId`.
 *
 * @example
 * ```ts
 * const plan = reconcile({ ...readState(answers), now, evaluationId });
 * ```
 *
 * @throws VerdigrisError `invalid_input`
 *
 * @public
 */
export function readState(answers: NomadAnswers): {
  readonly versions: readonly Job[];
  readonly allocations: readonly Allocation[];
  readonly deployments: readonly Deployment[];
  readonly nodes: readonly Node[];
} {
  return {
    versions: readVersions(answers.versions),
    allocations: readAllocations(answers.allocations),
    deployments: readDeployments(answers.deployments),
    nodes: answers.nodes === undefined ? [] : readNodes(answers.nodes),
  };
}
