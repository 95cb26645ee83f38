import type { Preview } from "../explain/index.js";
import { type GroupCounts, type Issue, type Plan, placementsOf } from "../model/index.js";
import { nomadSummary } from "../reconcile/index.js";
import { diffLines } from "./diff-lines.js";
import { markedLines } from "./marked-lines.js";
import { printable } from "./printable.js";

/** How a preview is told. @public */
export interface PreviewPageOptions {
  /** With every property of what is new or gone; default false. */
  readonly verbose?: boolean;
}

/**
 * What a change would do, as `nomad job plan` shows it: what differs and what that forces, the counts of each group as
 * Nomad counts them, warnings, and the check-index to submit with. Where things are placed is the placer's to find, so
 * the page says only how many placements it will be asked for.
 *
 * @example
 * ```ts
 * const seen = preview(submitted, { kind: "scale", group: "web", count: 4 }, { now });
 * previewPage(seen).split("\n")[2]; // '  +/- Count: "3" => "4" (forces create)'
 * ```
 *
 * @public
 */
export function previewPage(
  { diff, plan, checkIndex, warnings }: Pick<Preview, "diff" | "plan" | "checkIndex" | "warnings">,
  { verbose = false }: PreviewPageOptions = {},
): string {
  const summary = nomadSummary(plan);
  const told = (group: string): string => {
    const counts = summary[group];
    return counts === undefined ? "" : toldCounts(counts);
  };
  return [
    ...markedLines([{ kind: diff.kind, text: `Job: "${printable(diff.name)}"` }]),
    ...markedLines(diffLines(diff, { verbose, told })),
    "Scheduler dry-run:",
    `- ${toPlace(plan)}`,
    "",
    ...toldWarnings(warnings),
    `Job Modify Index: ${checkIndex}`,
    "To submit the job with version verification run:",
    "",
    `nomad job run -check-index ${checkIndex} ${printable(diff.name)}.nomad.hcl`,
  ].join("\n");
}

/** What `nomad job plan` calls the counts, in its order. */
const WORDS: readonly (readonly [keyof GroupCounts, string])[] = [
  ["canary", "canary"],
  ["place", "create"],
  ["destructiveUpdate", "create/destroy update"],
  ["stop", "destroy"],
  ["ignore", "ignore"],
  ["inPlaceUpdate", "in-place update"],
  ["migrate", "migrate"],
];

function toldCounts(counts: GroupCounts): string {
  return WORDS.filter(([count]) => counts[count] > 0)
    .map(([count, word]) => `${counts[count]} ${word}`)
    .join(", ");
}

function toPlace(plan: Plan): string {
  const many = placementsOf(plan).length;
  return many === 0 ? "Nothing to place." : `${many} ${many === 1 ? "allocation" : "allocations"} to place.`;
}

function toldWarnings(warnings: readonly Issue[]): string[] {
  if (warnings.length === 0) return [];
  return [
    "Job Warnings:",
    `${warnings.length} ${warnings.length === 1 ? "warning" : "warnings"}:`,
    "",
    ...warnings.map(({ message }) => `* ${printable(message)}`),
    "",
  ];
}
