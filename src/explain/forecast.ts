import { type JobEvent, type JobState, transition } from "../lifecycle/index.js";
import { type DeploymentStatus, isVerdigrisError } from "../model/index.js";
import type { Assumptions, Wave } from "./assumptions.js";
import { explain } from "./explain.js";
import type { Phase } from "./explanation.js";
import { Foreseen } from "./foreseen.js";

/** What becomes of a job, as far as can be foreseen. @public */
export interface Forecast {
  readonly waves: readonly Wave[];
  /** Allocations that live and were judged healthy, at the worst moment: outside of deployments nobody judges. */
  readonly lowestHealthy: number;
  /** Allocations that are to run at once, at most: the room that it takes. */
  readonly peakLive: number;
  /** When nothing more follows. */
  readonly endsAt: number;
  /** How many events it takes. */
  readonly steps: number;
  readonly phase: Phase;
  readonly jobVersion?: number;
  /** Of the latest deployment. */
  readonly status?: DeploymentStatus;
  /** Given events that were not allowed, with the code that says why. */
  readonly refused: readonly { readonly event: JobEvent; readonly code: string }[];
  /** It was cut off before its end. */
  readonly isCut: boolean;
}

/**
 * Goes on with a state until nothing more follows: plans are carried out at once, allocations start and become healthy as
 * assumed, time passes. `events` come first. With `failing` the branch in which one of the new allocations crashes, with the
 * rollback that follows. Times are milliseconds since the epoch.
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
  const foreseen = new Foreseen(state, now, assumptions);
  const refused: Forecast["refused"][number][] = [];
  for (const event of events) {
    try {
      foreseen.accept(transition(foreseen.state, event), event.now);
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      refused.push({ event, code: error.code });
    }
  }
  foreseen.begin();
  const isCut = !foreseen.goOn();
  const { policy } = assumptions;
  const { phase, jobVersion } = explain(foreseen.state, foreseen.now, policy === undefined ? {} : { policy });
  const latest = foreseen.state.deployments.at(-1);
  const { waves, lowestHealthy, peakLive, steps } = foreseen;
  return {
    waves,
    lowestHealthy,
    peakLive,
    endsAt: foreseen.endedAt,
    steps,
    phase,
    ...(jobVersion === undefined ? {} : { jobVersion }),
    ...(latest === undefined ? {} : { status: latest.status }),
    refused,
    isCut,
  };
}

/** A number that differs between two forecasts. @public */
export interface ForecastDifference {
  readonly what: "lowestHealthy" | "peakLive" | "endsAt" | "steps" | "waves";
  readonly first: number;
  readonly second: number;
}

/** What differs between two forecasts: promote now or wait, go back or go on. @public */
export function compareForecasts(first: Forecast, second: Forecast): readonly ForecastDifference[] {
  const numbers = (of: Forecast): { readonly [what in ForecastDifference["what"]]: number } => ({
    lowestHealthy: of.lowestHealthy,
    peakLive: of.peakLive,
    endsAt: of.endsAt,
    steps: of.steps,
    waves: of.waves.length,
  });
  const [one, other] = [numbers(first), numbers(second)];
  return (["lowestHealthy", "peakLive", "endsAt", "steps", "waves"] as const)
    .filter((what) => one[what] !== other[what])
    .map((what) => ({ what, first: one[what], second: other[what] }));
}
