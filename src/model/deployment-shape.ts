import { DEPLOYMENT_STATUSES, type Deployment, type DeploymentState } from "./deployment.js";
import { listOf, open, recordOf } from "./shape/containers.js";
import { duration, flag, name, oneOf, optional, text, whole } from "./shape/scalars.js";
import type { Shape } from "./shape/shape.js";

/** @internal */
export const deploymentStateShape: Shape<DeploymentState> = open<DeploymentState>({
  autoRevert: flag,
  autoPromote: flag,
  progressDeadline: duration,
  requireProgressBy: optional(whole),
  promoted: flag,
  placedCanaries: listOf(name),
  desiredCanaries: whole,
  desiredTotal: whole,
  placedAllocs: whole,
  healthyAllocs: whole,
  unhealthyAllocs: whole,
  noRoom: optional(whole),
});

/** @internal */
export const deploymentShape: Shape<Deployment> = open<Deployment>({
  id: name,
  jobId: name,
  namespace: optional(name),
  jobVersion: whole,
  jobCreateIndex: whole,
  jobModifyIndex: whole,
  status: oneOf(...DEPLOYMENT_STATUSES),
  statusDescription: optional(text),
  groups: recordOf(deploymentStateShape),
  createIndex: whole,
  modifyIndex: optional(whole),
  createdAt: optional(whole),
  modifiedAt: optional(whole),
  evaluationPriority: optional(whole),
});
