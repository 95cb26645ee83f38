import { explore } from "../explore/index.js";
import { isActive } from "../model/index.js";
import type { Moment } from "./moment.js";
import { outcomeOf } from "./outcome.js";
import { type Possible, possibleEvents } from "./possible-events.js";
import type { Subject } from "./subject.js";
import type { Wait } from "./wait.js";

/** So many states are looked at, fewer of large jobs; where that does not suffice nothing is claimed. */
const MOST = 500;
const MOST_ALLOCATIONS = 30_000;

/** Whether nothing that no operator does changes what becomes of the rollout; `open`: there was too much to try. */
export type DeadEnd = "yes" | "no" | "open";

/**
 * Whether no event but an operator's changes what becomes of the rollout. A deployment that failed stays so. Where people
 * are waited for, everything that may happen without them is tried.
 */
export function deadEndOf(subject: Subject, waits: readonly Wait[]): DeadEnd {
  const { deployment } = subject;
  if (waits.length === 0) return "no";
  if (deployment?.status === "failed") return "yes";
  const waitsForPeople = waits.every(({ endedBy }) => endedBy === "operator");
  if (deployment === undefined || !isActive(deployment)) return waitsForPeople ? "yes" : "no";
  // While it runs, whatever else is waited for may also go wrong.
  return deployment.status !== "running" || waitsForPeople ? searched(subject) : "no";
}

function searched({ moment }: Subject): DeadEnd {
  const { state } = moment;
  const outcome = outcomeOf(state);
  const { violations, isComplete } = explore<Moment, Possible>(
    {
      initial: moment,
      events: (one) => possibleEvents(one).filter(({ by }) => by !== "operator"),
      next: (one, { event }) => one.after(event),
      canonical: ({ sort }) => sort,
      properties: {
        ofState: (one) => (outcomeOf(one.state) === outcome ? undefined : "another outcome"),
      },
    },
    { most: Math.min(MOST, Math.ceil(MOST_ALLOCATIONS / (1 + state.allocations.length))) },
  );
  if (violations.length > 0) return "no";
  return isComplete ? "yes" : "open";
}
