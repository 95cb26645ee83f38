import { type Explanation, sentenceOfWay, sentencesOf, type Way, type WaysOn } from "../explain/index.js";
import { printable } from "./printable.js";
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
  const ways = help?.ways ?? [];
  const worse = ways.filter(({ result }) => result.status === "failed" && result.kind === "finishes");
  const better = ways.filter((way) => !worse.includes(way));
  const more = help?.isComplete === false ? ["There may be more: the search was cut off."] : [];
  return [
    ...sentences,
    ...listUnder("What would help:", better),
    ...listUnder("What else may come:", worse),
    ...(more.length === 0 ? [] : ["", ...more]),
  ]
    .map(printable)
    .join("\n");
}

function listUnder(title: string, ways: readonly Way[]): string[] {
  if (ways.length === 0) return [];
  return ["", title, ...ways.map((way) => `- ${sentenceOfWay(way, { time: dateTime })}`)];
}
