import type { ReschedulePolicy } from "./reschedule-policy.js";
import type { RescheduleRecord } from "./reschedule-record.js";

/** What a reschedule policy has left for an allocation, and the numbers that it was counted by. @internal */
export interface RescheduleAttempts {
  readonly left: boolean;
  readonly attempts: number;
  /** How many were made within `interval` (milliseconds) before `since`. */
  readonly used: number;
  readonly interval: number;
}

/** Whether the policy reschedules at all. @internal */
export function reschedules(policy: ReschedulePolicy | undefined): policy is ReschedulePolicy {
  return policy !== undefined && (policy.unlimited === true || (policy.attempts ?? 0) > 0);
}

/** Rule 5.4: whether one more attempt is allowed, after this delay, counting back from `since`. @internal */
export function rescheduleAttempts(
  policy: ReschedulePolicy,
  record: RescheduleRecord | undefined,
  since: number,
  delay: number,
): RescheduleAttempts {
  const attempts = policy.attempts ?? 0;
  const interval = policy.interval ?? 0;
  let used = 0;
  for (const event of record?.events ?? []) if (event.at > since - interval) used++;
  const left =
    policy.unlimited === true ||
    (record === undefined && attempts > 0) ||
    (used < attempts && delay < interval);
  return { left, attempts, used, interval };
}
