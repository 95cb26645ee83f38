import {
  compareVersions,
  type DisconnectPolicy,
  groupOf,
  type Job,
  type ReschedulePolicy,
  type TaskGroup,
  VerdigrisError,
} from "../model/index.js";
import type { UpdateClass } from "./update-class.js";

/** What the rules want to know of one version of one group. Looked up once per version, not per allocation. */
export interface GroupVersion {
  readonly createIndex: number;
  readonly number: number;
  readonly job: Job | undefined;
  readonly group: TaskGroup | undefined;
  /** Lower than the current job's (`createIndex`, `version`). */
  readonly isOlder: boolean;
  readonly reschedule: ReschedulePolicy | undefined;
  readonly disconnect: DisconnectPolicy | undefined;
  /** 0 without a disconnect block. */
  readonly lostAfter: number;
  readonly replaceWhenAway: boolean;
  /** Section 9's answer for this version, once somebody asked. */
  updateClass: UpdateClass | undefined;
}

/** The known versions of one job. */
export interface VersionTable {
  readonly current: Job | undefined;
  readonly byCreateIndex: ReadonlyMap<number, ReadonlyMap<number, Job>>;
}

/** Indexes the versions; two of one number in one registration, or one of another job, are contradictions. */
export function versionTable(versions: readonly Job[], current: Job | undefined): VersionTable {
  const byCreateIndex = new Map<number, Map<number, Job>>();
  for (const job of versions) {
    let registration = byCreateIndex.get(job.createIndex);
    if (registration === undefined) {
      registration = new Map();
      byCreateIndex.set(job.createIndex, registration);
    }
    if (registration.has(job.version)) {
      throw new VerdigrisError(
        "duplicate_version",
        `Two versions of job "${job.id}" are version ${job.version} of registration ${job.createIndex}; a version number is given once.`,
        { jobId: job.id, version: job.version, createIndex: job.createIndex },
      );
    }
    registration.set(job.version, job);
  }
  return { current, byCreateIndex };
}

/** The version of that number, if it is known. */
export function findVersion(table: VersionTable, createIndex: number, version: number): Job | undefined {
  return table.byCreateIndex.get(createIndex)?.get(version);
}

/** What the rules want to know of that version of that group, known or not. */
export function groupVersion(
  table: VersionTable,
  groupName: string,
  createIndex: number,
  number: number,
): GroupVersion {
  const job = findVersion(table, createIndex, number);
  const group = job === undefined ? undefined : groupOf(job, groupName);
  const current = table.current;
  return {
    createIndex,
    number,
    job,
    group,
    isOlder:
      current !== undefined && compareVersions(createIndex, number, current.createIndex, current.version) < 0,
    reschedule: group?.reschedule,
    disconnect: group?.disconnect,
    lostAfter: group?.disconnect?.lostAfter ?? 0,
    replaceWhenAway: group?.disconnect?.replace ?? true,
    updateClass: undefined,
  };
}
