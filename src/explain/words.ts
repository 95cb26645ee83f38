import type { DeploymentStatus } from "../model/index.js";

const STATUSES: Record<DeploymentStatus, string> = {
  running: "runs",
  successful: "is successful",
  failed: "fails",
  cancelled: "is cancelled",
  paused: "is paused",
  pending: "waits for its turn",
  initializing: "waits for its turn",
  blocked: "waits for its turn",
  unblocking: "goes on",
};

/** What a deployment of that status does or is. */
export function statusWords(status: DeploymentStatus): string {
  return STATUSES[status];
}

export function raised(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

export function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
