import type { Json } from "./json.js";
import type { TaskGroup } from "./task-group.js";

/** The kinds of job that the library decides for. @public */
export type JobType = "service" | "batch";

/**
 * One version of a job's specification. Everything but the named fields is the orchestrator's own.
 *
 * @public
 */
export interface Job {
  readonly id: string;
  /** Default `"default"`. */
  readonly namespace?: string;
  readonly type: JobType;
  /** 0 for the first registration, +1 for every change of the specification. */
  readonly version: number;
  /** Names one registration: purging and registering again gives a new one. Versions compare only within one. */
  readonly createIndex: number;
  /** The index at which this version was registered: the check-index of a submit. */
  readonly modifyIndex: number;
  /** The user asked the job to stop. */
  readonly stop?: boolean;
  /** A deployment of this version once succeeded. */
  readonly stable?: boolean;
  /** The version whose specification an automatic rollback registered again as this one. */
  readonly rollbackOf?: number;
  /** A name given to this version, so that it is kept and can be reverted to. */
  readonly tag?: string;
  /** 1 to 100, default 50. */
  readonly priority?: number;
  /** At least one; names are unique. */
  readonly groups: readonly TaskGroup[];
  readonly [property: string]: Json | undefined;
}

/**
 * The namespace of a job, a deployment or anything else that may leave it out.
 *
 * @example
 * ```ts
 * namespaceOf(job); // "default"
 * ```
 *
 * @public
 */
export function namespaceOf(named: { readonly namespace?: string }): string {
  return named.namespace ?? "default";
}

/**
 * The group of that name in this version, if it has one.
 *
 * @example
 * ```ts
 * groupOf(job, "web")?.count; // 3
 * groupOf(job, "none"); // undefined
 * ```
 *
 * @public
 */
export function groupOf(job: Job, name: string): TaskGroup | undefined {
  for (const group of job.groups) if (group.name === name) return group;
  return undefined;
}

/**
 * Orders versions by registration, then number: negative when the first is older, 0 when they are the same.
 *
 * @example
 * ```ts
 * const [one, other] = canarying.versions;
 * const order = compareVersions(one.createIndex, one.version, other.createIndex, other.version);
 * order < 0; // true
 * ```
 *
 * @public
 */
export function compareVersions(
  createIndex: number,
  version: number,
  otherCreateIndex: number,
  otherVersion: number,
): number {
  return createIndex - otherCreateIndex || version - otherVersion;
}

/**
 * The current job: the version with the highest (`createIndex`, `version`); none when the job was purged.
 *
 * @example
 * ```ts
 * currentJob(canarying.versions)?.version; // 1
 * ```
 *
 * @public
 */
export function currentJob(versions: readonly Job[]): Job | undefined {
  let current: Job | undefined;
  for (const job of versions) {
    if (
      current === undefined ||
      compareVersions(job.createIndex, job.version, current.createIndex, current.version) > 0
    ) {
      current = job;
    }
  }
  return current;
}

/**
 * Whether nothing of the job should run: the user stopped it, or no version of it is known any more.
 *
 * @example
 * ```ts
 * isStopped(job); // false
 * isStopped(undefined); // true
 * ```
 *
 * @public
 */
export function isStopped(job: Job | undefined): job is undefined | (Job & { readonly stop: true }) {
  return job === undefined || job.stop === true;
}
