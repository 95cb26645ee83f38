import type { Forecast } from "./forecast.js";

/** What two forecasts may differ in: first what becomes of the job, then the way there. */
const COMPARED = [
  "status",
  "phase",
  "jobVersion",
  "crashed",
  "refused",
  "isCut",
  "lowestHealthy",
  "peakLive",
  "endsAt",
  "latestEndsAt",
  "steps",
  "waves",
] as const;

/** Something that differs between two forecasts; absent where one has none. `refused` and `waves` are how many. @public */
export interface ForecastDifference {
  readonly what: (typeof COMPARED)[number];
  readonly first?: number | string | boolean;
  readonly second?: number | string | boolean;
}

/**
 * What differs between two forecasts, the outcome first: promote now or wait, go back or go on.
 *
 * @example
 * ```ts
 * const [promoted, waited] = [forecast(canarying, now), forecast(canarying, now, { promotes: false })];
 * compareForecasts(promoted, waited)[0]; // { what: "status", first: "successful", second: "running" }
 * ```
 *
 * @public
 */
export function compareForecasts(first: Forecast, second: Forecast): readonly ForecastDifference[] {
  return COMPARED.flatMap((what) => {
    const [one, other] = [amountOf(first[what]), amountOf(second[what])];
    if (one === other) return [];
    return [
      {
        what,
        ...(one === undefined ? {} : { first: one }),
        ...(other === undefined ? {} : { second: other }),
      },
    ];
  });
}

function amountOf(value: Forecast[(typeof COMPARED)[number]]): ForecastDifference["first"] {
  return typeof value === "object" ? value.length : value;
}
