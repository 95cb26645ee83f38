import { explore } from "../explore/index.js";
import { isActive } from "../model/index.js";
import type { ReconcilePolicy } from "../reconcile/index.js";
import { outcomeOf } from "./outcome.js";
import { after, type Moment, type Possible, possibleEvents, sortOfMoment } from "./possible-events.js";
import type { Subject } from "./subject.js";
import type { Wait } from "./wait.js";

/** So many states are looked at, fewer of large jobs; where that does not suffice no dead end is claimed. */
const MOST = 300;
const MOST_ALLOCATIONS = 100_000;

/**
 * Whether no event but an operator's changes what becomes of the rollout. A deployment that failed stays so. Where people
 * are waited for, everything that may happen without them is tried.
 */
export function isDeadEnd(subject: Subject, waits: readonly Wait[], policy?: ReconcilePolicy): boolean {
  const { deployment } = subject;
  if (waits.length === 0) return false;
  if (deployment?.status === "failed") return true;
  const waitsForPeople = waits.every(({ endedBy }) => endedBy === "operator");
  if (deployment === undefined || !isActive(deployment)) return waitsForPeople;
  // While it runs, whatever else is waited for may also go wrong.
  return (deployment.status !== "running" || waitsForPeople) && isStuck(subject, policy);
}

function isStuck({ state, now }: Moment, policy?: ReconcilePolicy): boolean {
  const outcome = outcomeOf(state);
  const { violations, isComplete } = explore<Moment, Possible>(
    {
      initial: { state, now },
      events: (moment) => possibleEvents(moment, policy).filter(({ by }) => by !== "operator"),
      next: after,
      canonical: sortOfMoment,
      properties: {
        ofState: (moment) => (outcomeOf(moment.state) === outcome ? undefined : "another outcome"),
      },
    },
    { most: Math.min(MOST, Math.ceil(MOST_ALLOCATIONS / (1 + state.allocations.length))) },
  );
  return isComplete && violations.length === 0;
}
