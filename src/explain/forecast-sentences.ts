import type { Forecast } from "./forecast.js";
import type { SentenceOptions } from "./sentences.js";
import { raised, statusWords } from "./words.js";

/**
 * A forecast in English: what becomes of the job, when, what it takes on the way, and each wave. One sentence an item, in a
 * stable order.
 *
 * @example
 * ```ts
 * sentencesOfForecast(forecast(canarying, now))[0]; // "The latest deployment is successful; nothing more follows after 1120000."
 * ```
 *
 * @public
 */
export function sentencesOfForecast(
  { status, phase, endsAt, latestEndsAt, groups, waves, crashed, refused, isCut }: Forecast,
  { time = String }: SentenceOptions = {},
): readonly string[] {
  const what =
    status === undefined
      ? `the job is ${phase.replaceAll("_", " ")}`
      : `the latest deployment ${statusWords(status)}`;
  const last =
    latestEndsAt > endsAt
      ? `, or after ${time(latestEndsAt)} if everything is healthy only just in time`
      : "";
  return [
    isCut
      ? "It was not followed to its end."
      : `${raised(what)}; nothing more follows after ${time(endsAt)}${last}.`,
    ...(crashed === undefined ? [] : [`${crashed} crashes.`]),
    ...refused.map(({ event, code }) => `${raised(event.kind.replaceAll("_", " "))} is refused: ${code}.`),
    ...Object.entries(groups).map(
      ([group, { lowestHealthy, peakLive }]) =>
        `Group "${group}" has ${lowestHealthy} healthy at the worst moment, and takes room for ${peakLive}.`,
    ),
    ...waves.map(
      ({ at, places, stops, keeps }) =>
        `At ${time(at)} a plan places ${places}, stops ${stops} and leaves ${keeps} alone.`,
    ),
  ];
}
