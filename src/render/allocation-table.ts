import { type Allocation, nameIndex } from "../model/index.js";
import { columns, shortId } from "./columns.js";
import type { PageOptions } from "./options.js";
import { dateTime, duration } from "./timestamp.js";

/**
 * The allocations of a job as `nomad job status` lists them: latest created first.
 *
 * @example
 * ```ts
 * allocationTable(canarying.allocations).split("\n").length; // 11
 * ```
 *
 * @public
 */
export function allocationTable(allocations: readonly Allocation[], options: PageOptions = {}): string {
  const { layout, now = latest(allocations) } = options;
  const times = ({ createdAt, modifiedAt }: Allocation): string[] =>
    layout === "nomad-2.0"
      ? [`${duration(now - createdAt)} ago`, `${duration(now - modifiedAt)} ago`]
      : [dateTime(createdAt)];
  return columns([
    [
      ...["ID", "Node ID", "Task Group", "Version", "Desired", "Status"],
      ...(layout === "nomad-2.0" ? ["Created", "Modified"] : ["Created At"]),
    ],
    ...[...allocations]
      .sort(inOrder)
      .map((one) => [
        shortId(one.id),
        shortId(one.nodeId),
        one.group,
        String(one.jobVersion),
        one.desiredStatus,
        one.clientStatus,
        ...times(one),
      ]),
  ]).join("\n");
}

function inOrder(a: Allocation, b: Allocation): number {
  return (
    b.createdAt - a.createdAt ||
    nameIndex(a.name) - nameIndex(b.name) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

function latest(allocations: readonly Allocation[]): number {
  let now = 0;
  for (const { modifiedAt, createdAt } of allocations) now = Math.max(now, modifiedAt, createdAt);
  return now;
}
