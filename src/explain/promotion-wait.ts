import { mayBePromoted } from "../lifecycle/index.js";
import { hasAutoPromote, isTerminal, type Waiting } from "../model/index.js";
import type { Subject } from "./subject.js";
import type { Wait } from "./wait.js";

/**
 * A promotion is waited for since the last canary became healthy: by a person; or, where it comes of itself, by time, once
 * the canaries of every group are healthy.
 */
export function promotionWait(
  { deployment, gates, allocationOf }: Subject,
  { group, healthyCanaries, desiredCanaries }: Extract<Waiting, { readonly for: "promotion" }>,
): Wait {
  const isShort = healthyCanaries < desiredCanaries;
  const isAutomatic = deployment !== undefined && hasAutoPromote(deployment);
  const isDue = isAutomatic && gates.every(mayBePromoted);
  const canaries = (deployment?.groups[group]?.placedCanaries ?? []).flatMap((id) => {
    const one = allocationOf(id);
    return one === undefined || isTerminal(one) ? [] : [one];
  });
  const times = canaries.flatMap(({ deploymentStatus }) => deploymentStatus?.timestamp ?? []);
  return {
    kind: "promotion",
    group,
    allocations: canaries.map(({ id }) => id),
    ...(isShort || times.length === 0 ? {} : { since: times.reduce((a, b) => Math.max(a, b)) }),
    endedBy: isDue ? "clock" : isShort || isAutomatic ? "client" : "operator",
    ...(isDue ? { onExpiry: { kind: "promoted" as const } } : {}),
  };
}
