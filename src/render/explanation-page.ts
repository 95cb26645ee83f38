import { type Explanation, sentenceOfWay, sentencesOf, type WaysOn } from "../explain/index.js";
import { dateTime } from "./timestamp.js";

/**
 * Why nothing is happening, and what would help, as text: where the rollout is, what is waited for, the arithmetic, and
 * under it the ways on that `unstick` found, if they are given.
 *
 * @example
 * ```ts
 * explanationPage(explain(canarying, now)).split("\n")[0]; // "The canaries of version 1 are healthy."
 * ```
 *
 * @public
 */
export function explanationPage(explanation: Explanation, help?: WaysOn): string {
  const sentences = sentencesOf(explanation, { time: dateTime });
  const helps = (help?.ways ?? []).map((way) => `- ${sentenceOfWay(way)}`);
  if (help?.isComplete === false) helps.push("- There may be more: the search was cut off.");
  return [...sentences, ...(helps.length === 0 ? [] : ["", "What would help:", ...helps])].join("\n");
}
