import type { Allocation, Deployment, DeploymentState, Job, Node } from "../../model/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { Choices } from "./choices.js";
import { EVALUATION, freeFormAllocations, NOW } from "./free-form-allocations.js";
import { EVERYTHING, type JobLimits } from "./job-limits.js";
import { changedGroups, taskGroup } from "./specification.js";

/** Any well-formed state, reachable or not: every field that a rule looks at varies on its own. */
export function freeFormInput(choices: Choices, limits: JobLimits = EVERYTHING): ReconcileInput {
  const versions = someVersions(choices, limits);
  const deployments = someDeployments(choices, versions);
  const nodes = someNodes(choices);
  const allocations = freeFormAllocations(choices, versions, deployments, nodes);
  return {
    versions: choices.oneIn(60) ? [] : versions,
    allocations,
    deployments: deployments.map((deployment) => withCanaries(choices, deployment, allocations)),
    nodes,
    now: NOW,
    evaluationId: EVALUATION,
    ...(choices.oneIn(6) ? { policy: { holdCountUntilPromoted: true } } : {}),
  };
}

function someVersions(choices: Choices, limits: JobLimits): Job[] {
  const type = limits.batch ? choices.of("service", "service", "service", "batch") : "service";
  const first = { type, image: "image:0", limits };
  let groups = [taskGroup(choices, "web", first)];
  if (limits.groups > 1 && choices.oneIn(3)) groups.push(taskGroup(choices, "api", first));
  const versions: Job[] = [];
  const most = choices.of(2, 1, 3, 4);
  for (let version = 0; version < most; version++) {
    if (version > 0) groups = changedGroups(choices, groups, { type, image: `image:${version}`, limits });
    versions.push({
      id: "shop",
      type,
      version,
      createIndex: 5,
      modifyIndex: 10 + version,
      groups,
      ...(choices.oneIn(5) ? { stable: true } : {}),
      ...(version > 0 && choices.oneIn(10) ? { rollbackOf: version - 1 } : {}),
      ...(version === most - 1 && choices.oneIn(14) ? { stop: true } : {}),
    });
  }
  return versions;
}

function someNodes(choices: Choices): Node[] {
  return ["node-0", "node-1", "node-2", "node-3"].flatMap((id): Node[] => {
    const status = choices.of(
      "ready",
      "ready",
      "down",
      "disconnected",
      "disconnected",
      "gone",
      "initializing",
    );
    const draining = choices.oneIn(5);
    return status === "ready" && !draining ? [] : [{ id, status, ...(draining ? { draining } : {}) }];
  });
}

function someDeployments(choices: Choices, versions: readonly Job[]): Deployment[] {
  return versions.flatMap((job, i): Deployment[] => {
    if (job.type === "batch" || choices.oneIn(3)) return [];
    const isLast = i === versions.length - 1;
    return [
      {
        id: `deploy-${job.version}`,
        jobId: job.id,
        jobVersion: job.version,
        jobCreateIndex: job.createIndex,
        jobModifyIndex: job.modifyIndex,
        status: isLast
          ? choices.of(
              "running",
              "running",
              "running",
              "paused",
              "failed",
              "successful",
              "initializing",
              "pending",
              "blocked",
              "cancelled",
            )
          : choices.of("successful", "cancelled", "failed", "running"),
        groups: Object.fromEntries(
          job.groups
            .filter(() => !choices.oneIn(6))
            .map(({ name, count, update }): [string, DeploymentState] => [
              name,
              {
                autoRevert: update?.autoRevert ?? false,
                autoPromote: update?.autoPromote ?? false,
                progressDeadline: 600_000,
                promoted: choices.oneIn(3),
                placedCanaries: [],
                desiredCanaries: choices.oneIn(2) ? 0 : (update?.canary ?? 0),
                desiredTotal: count,
                placedAllocs: 0,
                healthyAllocs: 0,
                unhealthyAllocs: 0,
              },
            ]),
        ),
        createIndex: 20 + i,
      },
    ];
  });
}

/** Some of the deployment's allocations become its canaries, never more than the group asks for. */
function withCanaries(
  choices: Choices,
  deployment: Deployment,
  allocations: readonly Allocation[],
): Deployment {
  const groups = Object.entries(deployment.groups).map(([name, state]): [string, DeploymentState] => {
    const own = allocations.filter(
      ({ group, deploymentId, jobVersion }) =>
        group === name && (deploymentId === deployment.id || jobVersion === deployment.jobVersion),
    );
    const placed = own.slice(0, choices.below(state.desiredCanaries + 1));
    return [name, { ...state, placedCanaries: placed.map(({ id }) => id) }];
  });
  return { ...deployment, groups: Object.fromEntries(groups) };
}
