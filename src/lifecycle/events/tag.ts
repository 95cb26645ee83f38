import { type Job, VerdigrisError } from "../../model/index.js";
import { changing } from "../change.js";
import { requireJob } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { pruned } from "../versions.js";

/** A user names a version, so that it is kept and can be reverted to. @public */
export interface Tag {
  readonly now: number;
  readonly version: number;
  readonly tag: string;
}

/** A user takes a version's name away. @public */
export interface Untag {
  readonly now: number;
  readonly tag: string;
}

/**
 * Gives a version a tag. A second one replaces the first; the same again changes nothing.
 *
 * @throws VerdigrisError `unknown_job`, `unknown_version`, `tag_taken`
 *
 * @public
 */
export function tag(state: JobState, { now, version, tag: name }: Tag): Transition {
  const { createIndex } = requireJob(state);
  const at = state.versions.findIndex((job) => job.version === version && job.createIndex === createIndex);
  if (at < 0) {
    throw new VerdigrisError("unknown_version", `There is no version ${version}.`, { jobVersion: version });
  }
  const bearer = state.versions.find((job) => job.tag === name && job.createIndex === createIndex);
  if (bearer !== undefined && bearer.version !== version) {
    throw new VerdigrisError(
      "tag_taken",
      `Version ${bearer.version} bears the tag "${name}" already; take it away first, or choose another.`,
      { tag: name, version: bearer.version },
    );
  }
  return changing(state, now, ({ draft }) => {
    const job = draft.versions[at];
    if (job !== undefined) job.tag = name;
    return {};
  });
}

/**
 * Takes a tag away; a version that only the tag kept is forgotten.
 *
 * @throws VerdigrisError `unknown_job`, `unknown_tag`
 *
 * @public
 */
export function untag(state: JobState, { now, tag: name }: Untag): Transition {
  const { createIndex } = requireJob(state);
  const at = state.versions.findIndex((job) => job.tag === name && job.createIndex === createIndex);
  if (at < 0) throw new VerdigrisError("unknown_tag", `No version bears the tag "${name}".`, { tag: name });
  return changing(state, now, ({ draft }) => {
    const versions = state.versions.map((job) => (job === state.versions[at] ? untagged(job) : job));
    draft.versions = [...pruned(versions, state.allocations)] as typeof draft.versions;
    return {};
  });
}

function untagged({ tag: _, ...job }: Job): Job {
  return job;
}
