import type { ReschedulePolicy } from "./reschedule-policy.js";
import type { RescheduleEvent } from "./reschedule-record.js";

/** Rule 5: how long after its failure an allocation is placed again, in milliseconds. @internal */
export function nextDelay(
  policy: ReschedulePolicy,
  events: readonly RescheduleEvent[] | undefined,
  failedAt: number,
): number {
  const first = policy.delay ?? 0;
  const last = events?.[events.length - 1];
  if (
    events === undefined ||
    last === undefined ||
    policy.delayFunction === undefined ||
    policy.delayFunction === "constant"
  )
    return first;

  const grown =
    policy.delayFunction === "exponential"
      ? last.delay * 2
      : fibonacci(policy, events[events.length - 2], last);
  const longest = policy.maxDelay ?? 0;
  if (longest === 0 || grown <= longest) return grown;
  // Capped, and the last try held out for longer than the cap: the series begins again.
  return failedAt - last.at > longest ? first : longest;
}

function fibonacci(
  policy: ReschedulePolicy,
  lastButOne: RescheduleEvent | undefined,
  last: RescheduleEvent,
): number {
  const first = policy.delay ?? 0;
  if (lastButOne === undefined) return first;
  // A capped delay before a first one: a new series has begun, and this is its second.
  if (lastButOne.delay === policy.maxDelay && last.delay === first) return last.delay;
  return lastButOne.delay + last.delay;
}
