import { mayBePromoted } from "../lifecycle/index.js";
import { currentJob, type DeploymentStatus, isClientTerminal, isStopped } from "../model/index.js";
import type { Phase } from "./explanation.js";
import { hasWork } from "./plan-work.js";
import type { Subject } from "./subject.js";
import type { Wait } from "./wait.js";

/** How far the rollout is. */
export function phaseOf(subject: Subject, waits: readonly Wait[]): Phase {
  const { state, deployment, plan } = subject;
  const job = currentJob(state.versions);
  const isGone = job === undefined || state.purged === true || isStopped(job);
  if (isGone) return state.allocations.every(isClientTerminal) && !hasWork(plan) ? "no_job" : "stopping";
  if (deployment === undefined) return hasWork(plan) || waits.length > 0 ? "settling" : "at_rest";
  return OF_STATUS[deployment.status]?.(subject) ?? "settling";
}

const OF_STATUS: { readonly [status in DeploymentStatus]?: (subject: Subject) => Phase } = {
  running: ({ gates }) => {
    if (gates.length === 0) return "rolling";
    return gates.every(mayBePromoted) ? "awaiting_promotion" : "proving";
  },
  paused: () => "paused",
  pending: () => "awaiting_peer",
  initializing: () => "awaiting_peer",
  blocked: () => "awaiting_peer",
  unblocking: () => "rolling",
  failed: () => "failed",
};
