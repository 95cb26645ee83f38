import type { Allocation, Deployment } from "../model/index.js";
import type { ReconcileInput, ReconcilePolicy } from "../reconcile/index.js";
import { BACK, groupsRenamed, type Renaming, THERE } from "./renaming.js";

/** The input with other ids. Its policy is asked about the old ones, and what it names is renamed. */
export function inputRenamed(input: ReconcileInput): ReconcileInput {
  const { nodes, policy } = input;
  return {
    ...input,
    evaluationId: THERE.run(input.evaluationId),
    allocations: input.allocations.map((allocation) => allocationRenamed(allocation, THERE)),
    deployments: input.deployments.map(
      (deployment): Deployment => ({
        ...deployment,
        id: THERE.run(deployment.id),
        groups: groupsRenamed(deployment.groups),
      }),
    ),
    ...(nodes === undefined ? {} : { nodes: nodes.map((node) => ({ ...node, id: THERE.node(node.id) })) }),
    ...(policy === undefined ? {} : { policy: policyRenamed(policy) }),
  };
}

function policyRenamed(policy: ReconcilePolicy): ReconcilePolicy {
  const { newId, canUpdateInPlace } = policy;
  return {
    ...policy,
    ...(newId === undefined
      ? {}
      : { newId: (what) => THERE.run(newId({ ...what, evaluationId: BACK.run(what.evaluationId) })) }),
    ...(canUpdateInPlace === undefined
      ? {}
      : {
          canUpdateInPlace: (allocation, job) => canUpdateInPlace(allocationRenamed(allocation, BACK), job),
        }),
  };
}

function allocationRenamed(one: Allocation, to: Renaming): Allocation {
  const { deploymentId, previousAllocation, nextAllocation, followUpEvaluationId, reschedule } = one;
  return {
    ...one,
    id: to.allocation(one.id),
    nodeId: to.node(one.nodeId),
    ...(deploymentId === undefined ? {} : { deploymentId: to.run(deploymentId) }),
    ...(previousAllocation === undefined ? {} : { previousAllocation: to.allocation(previousAllocation) }),
    ...(nextAllocation === undefined ? {} : { nextAllocation: to.allocation(nextAllocation) }),
    ...(followUpEvaluationId === undefined ? {} : { followUpEvaluationId: to.run(followUpEvaluationId) }),
    ...(reschedule === undefined
      ? {}
      : {
          reschedule: {
            ...reschedule,
            events: reschedule.events.map((event) => ({
              ...event,
              previousAllocationId: to.allocation(event.previousAllocationId),
              previousNodeId: to.node(event.previousNodeId),
            })),
          },
        }),
  };
}
