/** Every status of a deployment. @internal */
export const DEPLOYMENT_STATUSES: readonly [
  "running",
  "paused",
  "pending",
  "initializing",
  "blocked",
  "unblocking",
  "successful",
  "failed",
  "cancelled",
] = [
  "running",
  "paused",
  "pending",
  "initializing",
  "blocked",
  "unblocking",
  "successful",
  "failed",
  "cancelled",
];

/** Where a deployment stands. @public */
export type DeploymentStatus = (typeof DEPLOYMENT_STATUSES)[number];

/** A deployment of one group. Durations are milliseconds, times milliseconds since the epoch. @public */
export interface DeploymentState {
  readonly autoRevert: boolean;
  readonly autoPromote: boolean;
  /** 0 is none. */
  readonly progressDeadline: number;
  readonly requireProgressBy?: number;
  readonly promoted: boolean;
  /** Ids of the allocations that were placed as canaries. */
  readonly placedCanaries: readonly string[];
  readonly desiredCanaries: number;
  readonly desiredTotal: number;
  readonly placedAllocs: number;
  readonly healthyAllocs: number;
  readonly unhealthyAllocs: number;
  /** How many placements the last applied plan found no room for. */
  readonly noRoom?: number;
}

/** One try to bring a version of a job into production. @public */
export interface Deployment {
  readonly id: string;
  readonly jobId: string;
  readonly namespace?: string;
  readonly jobVersion: number;
  readonly jobCreateIndex: number;
  readonly jobModifyIndex: number;
  readonly status: DeploymentStatus;
  /** For people; nothing is decided by it. */
  readonly statusDescription?: string;
  readonly groups: { readonly [group: string]: DeploymentState };
  readonly createIndex: number;
  readonly modifyIndex?: number;
  readonly createdAt?: number;
  readonly modifiedAt?: number;
  readonly evaluationPriority?: number;
}

/**
 * `successful`, `failed` and `cancelled` are never left again; every other status is active.
 *
 * @example
 * ```ts
 * isActive(deployment); // true
 * isActive({ ...deployment, status: "failed" }); // false
 * ```
 *
 * @public
 */
export function isActive(deployment: Deployment): boolean {
  const status = deployment.status;
  return status !== "successful" && status !== "failed" && status !== "cancelled";
}

/**
 * The deployment's state of that group, if it has one.
 *
 * @example
 * ```ts
 * deploymentStateOf(deployment, "api")?.desiredCanaries; // 5
 * deploymentStateOf(deployment, "constructor"); // undefined
 * ```
 *
 * @public
 */
export function deploymentStateOf(
  deployment: Pick<Deployment, "groups"> | undefined,
  group: string,
): DeploymentState | undefined {
  // `Object.hasOwn`: a group may be called "constructor".
  return deployment !== undefined && Object.hasOwn(deployment.groups, group)
    ? deployment.groups[group]
    : undefined;
}

/**
 * The group state still waits for its canaries to be promoted.
 *
 * @example
 * ```ts
 * wantsPromotion(deployment.groups.api); // true
 * ```
 *
 * @public
 */
export function wantsPromotion(state: DeploymentState): boolean {
  return state.desiredCanaries > 0 && !state.promoted;
}

/**
 * Running, and some group wants canaries and is not promoted.
 *
 * @example
 * ```ts
 * requiresPromotion(deployment); // true
 * requiresPromotion({ ...deployment, status: "paused" }); // false
 * ```
 *
 * @public
 */
export function requiresPromotion(deployment: Pick<Deployment, "status" | "groups">): boolean {
  return deployment.status === "running" && Object.values(deployment.groups).some(wantsPromotion);
}

/**
 * Running, some group wants canaries, and every group that does has `autoPromote`.
 *
 * @example
 * ```ts
 * hasAutoPromote(deployment); // false
 * ```
 *
 * @public
 */
export function hasAutoPromote(deployment: Pick<Deployment, "status" | "groups">): boolean {
  if (deployment.status !== "running") return false;
  const gated = Object.values(deployment.groups).filter((state) => state.desiredCanaries > 0);
  return gated.length > 0 && gated.every((state) => state.autoPromote);
}

/**
 * The one with the highest (`createIndex`, `id`): the order of the list means nothing.
 *
 * @example
 * ```ts
 * latestDeployment(canarying.deployments)?.jobVersion; // 1
 * ```
 *
 * @public
 */
export function latestDeployment(deployments: readonly Deployment[]): Deployment | undefined {
  let latest: Deployment | undefined;
  for (const deployment of deployments) {
    if (
      latest === undefined ||
      deployment.createIndex > latest.createIndex ||
      (deployment.createIndex === latest.createIndex && deployment.id > latest.id)
    ) {
      latest = deployment;
    }
  }
  return latest;
}
