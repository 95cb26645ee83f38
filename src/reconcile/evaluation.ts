import {
  currentJob,
  type Deployment,
  type DeploymentUpdate,
  isActive,
  isStopped,
  isTainted,
  type Job,
  type Node,
} from "../model/index.js";
import { refuseContradictions } from "./contradictions.js";
import { currentDeployment } from "./current-deployment.js";
import type { ReconcileInput } from "./input.js";
import { NO_POLICY, type ReconcilePolicy } from "./policy.js";
import { type VersionTable, versionTable } from "./versions.js";

/** What every rule of one evaluation may look at. */
export interface Evaluation {
  readonly id: string;
  readonly now: number;
  readonly policy: ReconcilePolicy;
  readonly job: Job | undefined;
  readonly isStopped: boolean;
  readonly isBatch: boolean;
  readonly versions: VersionTable;
  readonly deployments: readonly Deployment[];
  readonly current: Deployment | undefined;
  readonly currentIsActive: boolean;
  readonly isPaused: boolean;
  readonly isFailed: boolean;
  /** What rule 1 does to the latest deployment. */
  readonly latestUpdate: DeploymentUpdate | undefined;
  readonly taintedNodes: ReadonlyMap<string, Node>;
  /** Ids of what was placed as canary in deployments that are over, with that deployment (rule 3.5). */
  readonly cancelledCanaries: ReadonlyMap<string, Deployment>;
}

/** Reads the input once: which job, which deployment, which nodes. Refuses what contradicts itself. */
export function evaluationOf(input: ReconcileInput): Evaluation {
  const job = currentJob(input.versions);
  refuseContradictions(input, job);
  const isBatch = job?.type === "batch";
  // A batch job has no deployment (rules, first page).
  const deployments = isBatch ? [] : input.deployments;
  const { current, update } = currentDeployment(job, deployments);
  const status = current?.status;
  return {
    id: input.evaluationId,
    now: input.now,
    policy: input.policy ?? NO_POLICY,
    job,
    isStopped: isStopped(job),
    isBatch,
    versions: versionTable(input.versions, job),
    deployments,
    current,
    currentIsActive: current !== undefined && isActive(current),
    isPaused: status === "paused" || status === "pending" || status === "initializing",
    isFailed: status === "failed",
    latestUpdate: update,
    taintedNodes: taintedNodes(input.nodes),
    cancelledCanaries: cancelledCanaries(deployments, current),
  };
}

const NO_NODES: ReadonlyMap<string, Node> = new Map();

function taintedNodes(nodes: readonly Node[] | undefined): ReadonlyMap<string, Node> {
  if (nodes === undefined || nodes.length === 0) return NO_NODES;
  const tainted = new Map<string, Node>();
  for (const node of nodes) if (isTainted(node)) tainted.set(node.id, node);
  return tainted;
}

const NO_CANARIES: ReadonlyMap<string, Deployment> = new Map();

/** Rule 3.5: every placed canary that was never promoted, of deployments that are not the current one, or failed (D 47). */
function cancelledCanaries(
  deployments: readonly Deployment[],
  current: Deployment | undefined,
): ReadonlyMap<string, Deployment> {
  let canaries: Map<string, Deployment> | undefined;
  for (const deployment of deployments) {
    if (deployment === current && deployment.status !== "failed") continue;
    for (const name of Object.keys(deployment.groups)) {
      const state = deployment.groups[name];
      if (state === undefined || state.promoted) continue;
      for (const id of state.placedCanaries) {
        canaries ??= new Map();
        canaries.set(id, deployment);
      }
    }
  }
  return canaries ?? NO_CANARIES;
}
