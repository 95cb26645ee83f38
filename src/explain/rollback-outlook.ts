import { rollbackTarget } from "../lifecycle/index.js";
import { isActive } from "../model/index.js";
import type { Subject } from "./subject.js";
import type { RollbackOutlook } from "./wait.js";

/** Where a failure of the deployment would lead; nothing where none is active. */
export function rollbackOutlook({ state, deployment }: Subject): RollbackOutlook | undefined {
  if (deployment === undefined || !isActive(deployment)) return undefined;
  if (!Object.values(deployment.groups).some(({ autoRevert }) => autoRevert)) return { kind: "not_wanted" };
  const target = rollbackTarget(state.versions);
  return target.kind === "version" ? { kind: "version", version: target.job.version } : target;
}
