import { type Forecast, sentencesOfForecast } from "../explain/index.js";
import { printable } from "./printable.js";
import { dateTime } from "./timestamp.js";

/**
 * What becomes of a job as text: a sentence a line, with dates.
 *
 * @example
 * ```ts
 * forecastPage(forecast(canarying, now)).split("\n")[0]; // "The latest deployment is successful; nothing more follows after 01/01/70 00:18:40 UTC."
 * ```
 *
 * @public
 */
export function forecastPage(forecast: Forecast): string {
  return sentencesOfForecast(forecast, { time: dateTime }).map(printable).join("\n");
}
