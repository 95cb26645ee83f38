import type { Deployment, DeploymentState } from "../model/index.js";
import { columns, facts, shortId } from "./columns.js";
import type { PageOptions } from "./options.js";
import { isoTime } from "./timestamp.js";

/**
 * A deployment as `nomad deployment status` shows it.
 *
 * @example
 * ```ts
 * const [deployment] = canarying.deployments;
 * deploymentStatus(deployment).split("\n")[2]; // "Job Version = 0"
 * ```
 *
 * @public
 */
export function deploymentStatus(deployment: Deployment, options: PageOptions = {}): string {
  const { id, jobId, jobVersion, status, statusDescription = "" } = deployment;
  return [
    ...facts([
      ["ID", shortId(id)],
      ["Job ID", jobId],
      ["Job Version", String(jobVersion)],
      ["Status", status],
      ["Description", statusDescription],
    ]),
    ...deployed(deployment, options),
  ].join("\n");
}

/**
 * The deployments of a job as `nomad job deployments` lists them, newest first.
 *
 * @example
 * ```ts
 * deploymentList(canarying.deployments).split("\n").length; // 3
 * ```
 *
 * @public
 */
export function deploymentList(deployments: readonly Deployment[]): string {
  const newestFirst = [...deployments].sort(
    (a, b) => b.createIndex - a.createIndex || (a.id < b.id ? -1 : 1),
  );
  return columns([
    ["ID", "Job ID", "Job Version", "Status", "Description"],
    ...newestFirst.map(({ id, jobId, jobVersion, status, statusDescription = "" }) => [
      shortId(id),
      jobId,
      String(jobVersion),
      status,
      statusDescription,
    ]),
  ]).join("\n");
}

type Column = readonly [title: string, cell: (group: string, state: DeploymentState) => string];

/** The table of groups; columns that say nothing of any group are left out. */
export function deployed({ groups }: Deployment, { layout }: PageOptions): string[] {
  const rows = Object.entries(groups);
  const some = (asks: (state: DeploymentState) => boolean): boolean => rows.some(([, state]) => asks(state));
  const gated = some(({ desiredCanaries }) => desiredCanaries > 0);
  const shown: readonly (Column | undefined)[] = [
    ["Task Group", (group) => group],
    some(({ autoRevert }) => autoRevert)
      ? ["Auto Revert", (_, state) => String(state.autoRevert)]
      : undefined,
    gated ? ["Promoted", (_, state) => promoted(state)] : undefined,
    ["Desired", (_, state) => String(state.desiredTotal)],
    gated ? ["Canaries", (_, state) => String(state.desiredCanaries)] : undefined,
    ["Placed", (_, state) => String(state.placedAllocs)],
    ["Healthy", (_, state) => String(state.healthyAllocs)],
    ["Unhealthy", (_, state) => String(state.unhealthyAllocs)],
    layout === "nomad-2.0"
      ? ["Progress Deadline", (_, { requireProgressBy: by }) => (by === undefined ? "N/A" : isoTime(by))]
      : undefined,
  ];
  const all = shown.flatMap((column) => (column === undefined ? [] : [column]));
  if (rows.length === 0) return [];
  return [
    "",
    "Deployed",
    ...columns([
      all.map(([title]) => title),
      ...rows.map(([group, state]) => all.map(([, cell]) => cell(group, state))),
    ]),
  ];
}

function promoted(state: DeploymentState): string {
  return state.desiredCanaries > 0 ? String(state.promoted) : "N/A";
}
