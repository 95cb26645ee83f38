import type { Allocation, TaskGroup } from "../../model/index.js";
import { hasAttemptLeft } from "./attempt-left.js";
import { judgeHealth } from "./judge-health.js";

/** What is to be noted of an allocation of an active deployment now. */
export type HealthDecision =
  | { readonly kind: "decided"; readonly healthy: boolean }
  /** It was healthy and failed, and its policy leaves an attempt. */
  | { readonly kind: "may_be_rescheduled" }
  /** Nothing new. `until`: when time alone could change that. */
  | { readonly kind: "nothing"; readonly until?: number };

const NOTHING: HealthDecision = { kind: "nothing" };

/**
 * Health is judged until it is decided once; a healthy one that fails may be rescheduled, and is unhealthy when its
 * policy leaves no attempt. One whose group has no state in the deployment bears the deployment's id, but says nothing
 * of it (`isRolledOut` false).
 */
export function decideHealth(
  allocation: Allocation,
  group: TaskGroup,
  isRolledOut: boolean,
  now: number,
): HealthDecision {
  const healthy = allocation.deploymentStatus?.healthy;
  if (healthy === undefined && isRolledOut) {
    const judgement = judgeHealth(allocation, group, now);
    if (judgement.kind !== "undecided") return { kind: "decided", healthy: judgement.kind === "healthy" };
    return judgement.until === undefined ? NOTHING : { kind: "nothing", until: judgement.until };
  }
  const hasFailed = allocation.clientStatus === "failed" && allocation.desiredStatus === "run";
  if (healthy === false || !hasFailed || allocation.nextAllocation !== undefined) return NOTHING;
  if (!hasAttemptLeft(allocation, group, now)) {
    return isRolledOut ? { kind: "decided", healthy: false } : NOTHING;
  }
  return allocation.desiredTransition?.reschedule === true ? NOTHING : { kind: "may_be_rescheduled" };
}
