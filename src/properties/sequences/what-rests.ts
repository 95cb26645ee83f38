import type { JobState } from "../../lifecycle/index.js";
import { currentJob, isTerminal } from "../../model/index.js";

/**
 * What rests, whatever it is called: per group how many live of which version and status, and the deployments' statuses.
 * Only what is unhealthy is told apart: what was placed outside a deployment nobody asks the health of.
 */
export function whatRests({ allocations, deployments, versions }: JobState): string {
  const live = new Map<string, number>();
  for (const one of allocations) {
    if (isTerminal(one)) continue;
    const isBad = one.deploymentStatus?.healthy === false;
    const what = `${one.group} of version ${one.jobCreateIndex}/${one.jobVersion} ${one.clientStatus}${isBad ? " unhealthy" : ""}`;
    live.set(what, (live.get(what) ?? 0) + 1);
  }
  const counts = [...live].map(([what, count]) => `${count} ${what}`);
  const statuses = deployments.map(
    (one) => `deployment of ${one.jobCreateIndex}/${one.jobVersion} ${one.status}`,
  );
  return [`version ${currentJob(versions)?.version}`, ...counts.sort(), ...statuses.sort()].join(", ");
}
