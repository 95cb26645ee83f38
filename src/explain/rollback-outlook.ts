import { isActive } from "../model/index.js";
import type { Subject } from "./subject.js";
import type { RollbackOutlook } from "./wait.js";

/**
 * Where `fail` would lead, or, of a deployment that failed, why nothing was rolled back. Nothing where there is none of
 * the current version.
 */
export function rollbackOutlook({ deployment, rollbackTarget }: Subject): RollbackOutlook | undefined {
  if (deployment === undefined || !(isActive(deployment) || deployment.status === "failed")) return undefined;
  const isAsked = Object.values(deployment.groups).some(({ autoRevert }) => autoRevert);
  if (!isAsked) return { kind: "not_wanted" };
  return rollbackTarget.kind === "version"
    ? { kind: "version", version: rollbackTarget.job.version }
    : rollbackTarget;
}
