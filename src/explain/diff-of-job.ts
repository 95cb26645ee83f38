import { isSpecified, saidOf, withDefaults } from "../lifecycle/index.js";
import { groupOf, isStopped, type Job, type JsonObject } from "../model/index.js";
import type { ReconcilePolicy } from "../reconcile/index.js";
import { groupDiff, wholeGroup, wholeOf } from "./diff-of-group.js";
import { addDifference, type Differences, keysOf } from "./difference-of.js";
import { type Comparison, comparison, forcedByJob, forcedByStop } from "./forced-update.js";
import type { GroupDiff, SpecificationDiff } from "./specification-diff.js";

/**
 * What one version of a job says otherwise than another, and what each difference would force of the allocations that
 * run. What the state gives to a version - number, indexes, stability, tag, times - is no difference.
 *
 * Each is judged by the question that the reconciler asks (`policy.classifyUpdate`), as if it were the only one; a group as
 * a whole is judged with everything at once. Two differences of `meta` may force together what none does alone.
 *
 * @example
 * ```ts
 * const { kind, groups } = diffOf(job, { ...job, priority: 70 });
 * kind; // "edited"
 * groups[0]?.kind; // "none"
 * groups[0]?.forces; // "in_place"
 * ```
 *
 * @public
 */
export function diffOf(
  before: Job | undefined,
  after: Job | undefined,
  policy?: ReconcilePolicy,
): SpecificationDiff {
  if (before === undefined) return after === undefined ? NOTHING : wholeJob(after, "added");
  if (after === undefined) return wholeJob(before, "deleted");
  return jobDiff(comparison(completed(before), completed(after), policy));
}

const NOTHING: SpecificationDiff = { kind: "none", name: "", fields: [], blocks: [], groups: [] };
/** Told as the diff's own name, and as its groups. */
const APART: ReadonlySet<string> = new Set(["id", "groups"]);

/** With what it leaves out, so that saying a default is no difference. */
function completed(job: Job): Job {
  return { ...job, ...withDefaults(job) };
}

function wholeJob(job: Job, kind: "added" | "deleted"): SpecificationDiff {
  const specified: JsonObject = Object.fromEntries(Object.entries(job).filter(([key]) => isSpecified(key)));
  return {
    kind,
    name: job.id,
    ...wholeOf(specified, APART, kind, kind === "added" ? "create" : "destroy"),
    groups: byName([...job.groups].map((group) => wholeGroup(group, kind))),
  };
}

function jobDiff(compared: Comparison): SpecificationDiff {
  const { before, after } = compared;
  const { fields, blocks }: Differences = { fields: [], blocks: [] };
  for (const key of keysOf(before, after)) {
    if (APART.has(key) || !isSpecified(key)) continue;
    addDifference({ fields, blocks }, key, saidOf(before, key), saidOf(after, key), (instead) =>
      key === "stop" ? forcedByStop(compared) : forcedByJob(compared, { ...before, [key]: instead }),
    );
  }
  const groups = groupDiffs(compared);
  const isChanged = fields.length + blocks.length > 0 || groups.some(({ kind }) => kind !== "none");
  return {
    kind: isChanged ? "edited" : "none",
    name: after.id,
    fields,
    blocks,
    // Where there is no new version, there is nothing to adopt; a new try may say what the version before says.
    groups:
      isChanged || before.modifyIndex !== after.modifyIndex
        ? groups
        : groups.map((group) => ({ ...group, forces: "none" })),
  };
}

function groupDiffs(compared: Comparison): GroupDiff[] {
  const { before, after } = compared;
  const groups = after.groups.map((to): GroupDiff => {
    const from = groupOf(before, to.name);
    if (from === undefined) return wholeGroup(to, "added");
    const diff = groupDiff(compared, from, to);
    if (!isStopped(after)) return diff;
    const { because: _, ...stopped } = diff;
    return { ...stopped, forces: "destroy" };
  });
  const gone = before.groups.filter(({ name }) => groupOf(after, name) === undefined);
  return byName([...groups, ...gone.map((group) => wholeGroup(group, "deleted"))]);
}

function byName(groups: readonly GroupDiff[]): GroupDiff[] {
  return [...groups].sort((a, b) => (a.name < b.name ? -1 : 1));
}
