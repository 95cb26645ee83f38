import type { Action, GroupCounts, Job, Plan } from "../../src/index.js";
import { classifyUpdate, currentJob, groupOf } from "../../src/index.js";

/** What `nomad job plan` calls the counts, in its order. */
const WORDS: readonly [keyof GroupCounts, string][] = [
  ["canary", "canary"],
  ["place", "create"],
  ["destructiveUpdate", "create/destroy update"],
  ["inPlaceUpdate", "in-place update"],
  ["migrate", "migrate"],
  ["stop", "stop"],
  ["ignore", "ignore"],
];

/** The plan of a change as `nomad job plan` shows it. */
export function changePage(versions: readonly Job[], plan: Plan): string {
  const job = currentJob(versions);
  const before = versions.find((version) => version !== job);
  if (job === undefined || before === undefined)
    throw new Error("a change has a version before and one after");
  const lines = [`+/- Job: "${job.id}"`];
  for (const [name, counts] of Object.entries(plan.groups)) {
    const told = WORDS.filter(([count]) => counts[count] > 0).map(
      ([count, word]) => `${counts[count]} ${word}`,
    );
    lines.push(`+/- Task Group: "${name}" (${told.join(", ")})`, ...forcedBy(before, job, name));
  }
  lines.push(
    "",
    "Scheduler dry-run:",
    // Where they go is the placer's to find: this says only what it is asked for.
    `- ${plan.actions.filter((action) => "placement" in action && "name" in action).length} allocations to place.`,
    "",
    `Job Modify Index: ${before.modifyIndex}`,
    "To submit the job with version verification run:",
    "",
    `nomad job run -check-index ${before.modifyIndex} ${job.id}.nomad.hcl`,
  );
  return lines.join("\n");
}

/** What of the group forces a replacement. */
function forcedBy(before: Job, job: Job, name: string): string[] {
  const [from, to] = [groupOf(before, name), groupOf(job, name)];
  if (from === undefined || to === undefined) return [];
  const answer = classifyUpdate({ group: name, from: { job: before, group: from }, to: { job, group: to } });
  if (answer.kind === "in_place") return ["  +/- in-place update"];
  const [, task = "", block = "", ...property] = answer.change.path.split(".");
  return [
    `  +/- Task: "${task}" (forces create/destroy update)`,
    `    +/- ${block.charAt(0).toUpperCase()}${block.slice(1)} {`,
    `      +/- ${property.join(".")}: ${JSON.stringify(answer.change.from)} => ${JSON.stringify(answer.change.to)}`,
    "        }",
  ];
}

/** One line an action: what happens, to whom, and why. */
export function verdictTable(plan: Plan): string {
  const rows = plan.actions.map((action) => [action.kind, whom(action), whose(action), reason(action)]);
  const head = ["Action", "Allocation", "Version", "Reason"];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function whom(action: Action): string {
  return "allocationId" in action ? action.allocationId.slice(0, 8) : action.name;
}

function whose(action: Action): string {
  return "jobVersion" in action ? String(action.jobVersion) : "-";
}

function reason({ reason: { code, ...numbers } }: Action): string {
  const told = Object.entries(numbers).map(([name, value]) => `${name} ${tell(value)}`);
  return told.length === 0 ? code : `${code}: ${told.join(", ")}`;
}

function tell(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { path, from, to } = value as { path?: string; from?: unknown; to?: unknown };
  return path === undefined
    ? JSON.stringify(value)
    : `${path} ${JSON.stringify(from)} => ${JSON.stringify(to)}`;
}
