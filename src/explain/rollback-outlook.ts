import { rollbackTarget } from "../lifecycle/index.js";
import { deploymentStateOf, isActive } from "../model/index.js";
import type { Subject } from "./subject.js";
import type { RollbackOutlook } from "./wait.js";

/**
 * Where a failure of the deployment would lead, or that of one group by its deadline, which asks that group alone; nothing
 * where none is active.
 */
export function rollbackOutlook({ state, deployment }: Subject, group?: string): RollbackOutlook | undefined {
  if (deployment === undefined || !isActive(deployment)) return undefined;
  const asked =
    group === undefined ? Object.values(deployment.groups) : [deploymentStateOf(deployment, group)];
  if (!asked.some((own) => own?.autoRevert === true)) return { kind: "not_wanted" };
  const target = rollbackTarget(state.versions);
  return target.kind === "version" ? { kind: "version", version: target.job.version } : target;
}
