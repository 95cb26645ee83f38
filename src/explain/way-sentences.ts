import type { SentenceOptions } from "./sentences.js";
import type { Need, Way, WayResult } from "./way.js";
import { raised, statusWords } from "./words.js";

/**
 * A way on in English: what it needs, and what comes of it.
 *
 * @example
 * ```ts
 * const { ways: [first] } = unstick(canarying, now);
 * first === undefined ? "" : sentenceOfWay(first); // "Promote: \"api\" is promoted, and the deployment of version 1 runs."
 * ```
 *
 * @public
 */
export function sentenceOfWay({ from, needs, result }: Way, { time = String }: SentenceOptions = {}): string {
  const counts = new Map<string, number>();
  let reached = from;
  for (const need of needs) {
    const { event } = need;
    const times = event.kind === "report_health" ? (event.healthy?.length ?? 0) : 1;
    // Time has to pass before it would be accepted.
    const word = `${needWords(need)}${event.now > reached ? ` from ${time(event.now)} on` : ""}`;
    reached = Math.max(reached, event.now);
    counts.set(word, (counts.get(word) ?? 0) + times);
  }
  const words = [...counts].map(([word, times]) =>
    word.startsWith("of ") ? `${times} ${word}` : times === 1 ? word : `${word} (${times} times)`,
  );
  return `${raised(words.length === 0 ? "nothing but time" : words.join(", then "))}: ${resultWords(result)}${result.at > from ? ` at ${time(result.at)}` : ""}.`;
}

function resultWords({ kind, fromVersion, jobVersion, status, promoted, places, stops }: WayResult): string {
  if (kind === "moves") return `the next plan places ${places} and stops ${stops}`;
  const ends = `the deployment of version ${fromVersion} ${status === undefined ? "ends" : statusWords(status)}`;
  if (jobVersion !== fromVersion && status === "running")
    return `an earlier specification comes back as version ${jobVersion}`;
  if (jobVersion !== fromVersion)
    return `${ends}, and an earlier specification comes back as version ${jobVersion}`;
  return promoted.length === 0
    ? ends
    : `${promoted.map((group) => `"${group}"`).join(", ")} ${promoted.length === 1 ? "is" : "are"} promoted, and ${ends}`;
}

function needWords({ event, group }: Need): string {
  switch (event.kind) {
    case "report_health":
      return `of "${group}" healthy`;
    case "apply_plan":
      return "room is made";
    case "promote":
      return ["promote", ...(event.groups ?? []).map((name) => `"${name}"`)].join(" ");
    case "revert":
      return "version" in event.to ? `revert to version ${event.to.version}` : "revert";
    case "update_node":
      return `node "${event.node.id}" is ready`;
    default:
      return event.kind.replaceAll("_", " ");
  }
}
