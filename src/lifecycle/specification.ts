import { type Job, type JobType, type Json, RESCHEDULE_DEFAULTS, type TaskGroup } from "../model/index.js";

/**
 * What a user submits: a job without the fields that the state gives to a version. Those may be there - a version that
 * was read and edited is fine - and mean nothing.
 *
 * @public
 */
export interface JobSpecification {
  readonly id: string;
  /** Default `"default"`. */
  readonly namespace?: string;
  readonly type: JobType;
  /** Submit it stopped. */
  readonly stop?: boolean;
  /** 1 to 100, default 50. */
  readonly priority?: number;
  readonly groups: readonly TaskGroup[];
  readonly [property: string]: Json | undefined;
}

/** The specification with the reschedule policy that its type of job has where a group names none. */
export function withDefaults(job: JobSpecification): JobSpecification {
  if (job.groups.every((group) => group.reschedule !== undefined)) return job;
  const reschedule = RESCHEDULE_DEFAULTS[job.type];
  return { ...job, groups: job.groups.map((group) => ({ reschedule, ...group })) };
}

/** What a version says, started again where it says "stopped". */
export function startedSpecification(job: Job): JobSpecification {
  const { stop: _, ...specification } = job;
  return specification;
}
