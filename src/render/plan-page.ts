import { type GroupCounts, groupOf, type Job, type Plan, placementsOf } from "../model/index.js";
import { classifyUpdate } from "../reconcile/classify-update.js";

/** What `nomad job plan` calls the counts, in its order. */
const WORDS: readonly (readonly [keyof GroupCounts, string])[] = [
  ["canary", "canary"],
  ["place", "create"],
  ["destructiveUpdate", "create/destroy update"],
  ["stop", "destroy"],
  ["inPlaceUpdate", "in-place update"],
  ["migrate", "migrate"],
  ["ignore", "ignore"],
];

/** The two versions that a change is between; nothing before: the job is new. @public */
export interface VersionChange {
  readonly before: Job | undefined;
  readonly after: Job;
}

/**
 * What a change would do, as `nomad job plan` shows it: the counts of each group, the first property that forces a
 * replacement, and the check-index to submit with.
 *
 * @public
 */
export function planPage({ before, after }: VersionChange, plan: Plan): string {
  const mark = before === undefined ? "+" : "+/-";
  const index = before?.modifyIndex ?? 0;
  const placements = placementsOf(plan).length;
  return [
    `${mark} Job: "${after.id}"`,
    ...Object.entries(plan.groups).flatMap(([group, counts]) => [
      `${mark} Task Group: "${group}" (${told(counts)})`,
      ...forcedBy(before, after, group),
      "",
    ]),
    "Scheduler dry-run:",
    // Where they go is the placer's to find: this says only what it is asked for.
    `- ${placements} allocations to place.`,
    "",
    `Job Modify Index: ${index}`,
    "To submit the job with version verification run:",
    "",
    `nomad job run -check-index ${index} ${after.id}.nomad.hcl`,
  ].join("\n");
}

function told(counts: GroupCounts): string {
  return WORDS.filter(([count]) => counts[count] > 0)
    .map(([count, word]) => `${counts[count]} ${word}`)
    .join(", ");
}

/** What of the group forces a replacement. */
function forcedBy(before: Job | undefined, after: Job, name: string): string[] {
  const to = groupOf(after, name);
  if (to === undefined) return [];
  if (before === undefined) return to.tasks.map((task) => `  + Task: "${task.name}" (forces create)`);
  const from = groupOf(before, name);
  if (from === undefined) return [];
  const answer = classifyUpdate({
    group: name,
    from: { job: before, group: from },
    to: { job: after, group: to },
  });
  if (answer.kind !== "destructive") return [];
  const { path, from: old, to: now } = answer.change;
  const [, task = "", block = "", ...property] = path.split(".");
  return [
    `  +/- Task: "${task}" (forces create/destroy update)`,
    `    +/- ${block.charAt(0).toUpperCase()}${block.slice(1)} {`,
    `      +/- ${property.join(".")}: ${JSON.stringify(old)} => ${JSON.stringify(now)}`,
    "        }",
  ];
}
