import { type JobEvent, type JobState, transition } from "../lifecycle/index.js";
import { type DeploymentStatus, isVerdigrisError, latestDeployment } from "../model/index.js";
import type { Assumptions, Wave } from "./assumptions.js";
import { explain } from "./explain.js";
import type { Phase } from "./explanation.js";
import { Foreseen } from "./foreseen.js";

/** What becomes of one group at the worst moment. @public */
export interface ForecastOfGroup {
  readonly lowestHealthy: number;
  readonly peakLive: number;
}

/** What becomes of a job, as far as can be foreseen. Times are milliseconds since the epoch. @public */
export interface Forecast {
  readonly waves: readonly Wave[];
  /**
   * Allocations that live and were judged healthy, at the worst moment: outside of deployments nobody judges, and one that
   * is adopted in place is judged anew.
   */
  readonly lowestHealthy: number;
  /** Allocations that are to run at once, at most: the room that it takes. */
  readonly peakLive: number;
  /** The same of each group. */
  readonly groups: { readonly [group: string]: ForecastOfGroup };
  /** When nothing more follows, if everything goes as assumed. */
  readonly endsAt: number;
  /** When nothing more follows, if each allocation that a node judges becomes healthy only just before its healthy deadline. */
  readonly latestEndsAt: number;
  /** How many events it takes. */
  readonly steps: number;
  readonly phase: Phase;
  readonly jobVersion?: number;
  /** Of the latest deployment. */
  readonly status?: DeploymentStatus;
  /** The allocation that crashed as assumed; absent: none did, or fewer than that started. */
  readonly crashed?: string;
  /** Given events that were not allowed, with the code that says why. */
  readonly refused: readonly { readonly event: JobEvent; readonly code: string }[];
  /** It was cut off before its end. */
  readonly isCut: boolean;
}

/**
 * Goes on with a state until nothing more follows: plans are carried out at once and find room, allocations start and become
 * healthy as assumed, time passes. `events` come at their own times. With `failing` the branch in which one of the new
 * allocations crashes, and with `failingAgain` also what is placed in its stead, with the rollback that follows. Times are
 * milliseconds since the epoch.
 *
 * @example
 * ```ts
 * const { waves, status } = forecast(canarying, now);
 * waves.length > 0; // true
 * status; // "successful"
 * ```
 *
 * @public
 */
export function forecast(
  state: JobState,
  now: number,
  assumptions: Assumptions = {},
  events: readonly JobEvent[] = [],
): Forecast {
  const { foreseen, refused, isCut } = foresee(new Foreseen(state, now, assumptions), events);
  const late = foresee(new Foreseen(state, now, { ...assumptions, asLateAsCanBe: true }), events);
  const { policy } = assumptions;
  const { phase, jobVersion } = explain(foreseen.state, foreseen.now, policy === undefined ? {} : { policy });
  const latest = latestDeployment(foreseen.state.deployments);
  const { waves, steps, endedAt, crashed, extremes } = foreseen;
  const { "": all = { lowestHealthy: 0, peakLive: 0 }, ...groups } = Object.fromEntries(extremes);
  return {
    waves,
    ...all,
    groups,
    endsAt: endedAt,
    latestEndsAt: Math.max(endedAt, late.foreseen.endedAt),
    steps,
    phase,
    ...(jobVersion === undefined ? {} : { jobVersion }),
    ...(latest === undefined ? {} : { status: latest.status }),
    ...(crashed === undefined ? {} : { crashed }),
    refused,
    isCut,
  };
}

/** Everything that follows, and the given events at their times. */
function foresee(
  foreseen: Foreseen,
  events: readonly JobEvent[],
): { readonly foreseen: Foreseen; readonly refused: Forecast["refused"]; readonly isCut: boolean } {
  const refused: Forecast["refused"][number][] = [];
  let hasBegun = false;
  for (const event of [...events].sort((a, b) => a.now - b.now)) {
    if (!hasBegun && event.now > foreseen.now) {
      foreseen.begin();
      hasBegun = true;
    }
    if (hasBegun) foreseen.goOn(event.now);
    try {
      foreseen.accept(transition(foreseen.state, event), event.now);
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      refused.push({ event, code: error.code });
    }
  }
  if (!hasBegun) foreseen.begin();
  return { foreseen, refused, isCut: !foreseen.goOn() };
}
