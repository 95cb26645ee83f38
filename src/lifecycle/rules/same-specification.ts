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
    isSpecified(key) ? firstDifference(saidOf(from, key), saidOf(to, key), key) : undefined,
  );
  return difference === undefined;
}

/** Whether a field of a version is what a user specifies: not given by the state, and no time. @internal */
export function isSpecified(key: string): boolean {
  return !NOT_SPECIFIED.has(key);
}

/** What a version says under that key, or means by saying nothing. @internal */
export function saidOf(job: Job, key: string): Json | undefined {
  return ownValue(job, key) ?? ownValue(DEFAULTS, key);
}
