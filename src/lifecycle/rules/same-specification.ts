import { firstDifference, type Job, type Json, objectDifference, ownValue } from "../../model/index.js";

/** What the state gives to a version, and times that an orchestrator may carry. */
const NOT_SPECIFIED: ReadonlySet<string> = new Set([
  "version",
  "createIndex",
  "modifyIndex",
  "stable",
  "rollbackOf",
  "tag",
  "createdAt",
  "modifiedAt",
  "submittedAt",
]);

/** What an absent field means. */
const DEFAULTS: { readonly [field: string]: Json } = { namespace: "default", stop: false, priority: 50 };

/** Whether two versions say the same: everything but what the state gives them, and times. @internal */
export function sameSpecification(from: Job, to: Job): boolean {
  if (from === to) return true;
  const difference = objectDifference(from, to, (key) =>
    NOT_SPECIFIED.has(key) ? undefined : firstDifference(said(from, key), said(to, key), key),
  );
  return difference === undefined;
}

function said(job: Job, key: string): Json | undefined {
  return ownValue(job, key) ?? DEFAULTS[key];
}
