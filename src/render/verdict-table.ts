import type { Action, Plan } from "../model/index.js";
import { columns, shortId } from "./columns.js";

/**
 * A plan, one line an action: what happens, to whom, and why, with the numbers that it was decided by.
 *
 * @example
 * ```ts
 * const plan = reconcile({ ...submitted, now, evaluationId });
 * verdictTable(plan).includes("missing"); // true
 * ```
 *
 * @public
 */
export function verdictTable(plan: Plan): string {
  return columns([
    ["Action", "Allocation", "Version", "Reason"],
    ...plan.actions.map((action) => [action.kind, whom(action), whose(action), reason(action)]),
  ]).join("\n");
}

function whom(action: Action): string {
  return "allocationId" in action ? shortId(action.allocationId) : action.name;
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
