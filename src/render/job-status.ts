import type { JobState } from "../lifecycle/index.js";
import {
  type Allocation,
  type ClientStatus,
  currentJob,
  type Deployment,
  isStopped,
  isTerminal,
  type Job,
  latestDeployment,
  namespaceOf,
} from "../model/index.js";
import { allocationTable } from "./allocation-table.js";
import { columns, facts, shortId } from "./columns.js";
import { deployed } from "./deployment-status.js";
import type { PageOptions } from "./options.js";

/**
 * A job as `nomad job status` shows it: what it is, how many allocations are in which state, its latest deployment, and
 * every allocation.
 *
 * @example
 * ```ts
 * jobStatus(canarying).split("\n")[0]; // "ID            = docs"
 * ```
 *
 * @public
 */
export function jobStatus(state: JobState, options: PageOptions = {}): string {
  const job = currentJob(state.versions);
  if (job === undefined) return "No such job: it was never submitted, or it was purged.";
  const latest = latestDeployment(state.deployments);
  const lines = [
    ...facts([
      ["ID", job.id],
      ["Name", textOf(job, "name") ?? job.id],
      ["Type", job.type],
      ["Priority", String(job.priority ?? 50)],
      ["Datacenters", textOf(job, "datacenters") ?? "*"],
      ["Namespace", namespaceOf(job)],
      ["Status", statusOf(job, state)],
      ["Periodic", "false"],
      ["Parameterized", "false"],
    ]),
    "",
    ...summary(state, job, latest, options),
  ];
  if (latest !== undefined) {
    const { id, status, statusDescription = "" } = latest;
    lines.push(
      "",
      "Latest Deployment",
      ...facts([
        ["ID", shortId(id)],
        ["Status", status],
        ["Description", statusDescription],
      ]),
      ...deployed(latest, options),
    );
  }
  if (state.allocations.length > 0)
    lines.push("", "Allocations", allocationTable(state.allocations, options));
  return lines.join("\n");
}

/** What an orchestrator carries along on its jobs. */
function textOf(job: Job, property: string): string | undefined {
  const value = job[property];
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "string" ? value : undefined;
}

function statusOf(job: Job, { allocations }: JobState): string {
  if (isStopped(job)) return "dead (stopped)";
  if (allocations.some((one) => !isTerminal(one))) return "running";
  return allocations.length === 0 ? "pending" : "dead";
}

const COUNTED: readonly (readonly [string, ClientStatus])[] = [
  ["Starting", "pending"],
  ["Running", "running"],
  ["Failed", "failed"],
  ["Complete", "complete"],
  ["Lost", "lost"],
];

/** How many allocations of each group are in which state; queued are those that found no room. */
function summary(
  { allocations }: JobState,
  job: Job,
  deployment: Deployment | undefined,
  { layout }: PageOptions,
): string[] {
  const counted = layout === "nomad-2.0" ? [...COUNTED, ["Unknown", "unknown"] as const] : COUNTED;
  const byGroup = new Map<string, Allocation[]>(job.groups.map(({ name }) => [name, []]));
  for (const one of allocations) {
    const group = byGroup.get(one.group) ?? [];
    byGroup.set(one.group, group);
    group.push(one);
  }
  return [
    "Summary",
    ...columns([
      ["Task Group", "Queued", ...counted.map(([title]) => title)],
      ...[...byGroup].map(([group, own]) => [
        group,
        String(deployment?.groups[group]?.noRoom ?? 0),
        ...counted.map(([, status]) => String(own.filter((one) => one.clientStatus === status).length)),
      ]),
    ]),
  ];
}
