import { type Job, VerdigrisError } from "../../model/index.js";
import { changing } from "../change.js";
import { requireJob, unknownTag, unknownVersion } from "../find.js";
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
 * @example
 * ```ts
 * const { state } = tag(submitted, { version: 0, tag: "first", now });
 * state.versions[0]?.tag; // "first"
 * ```
 *
 * @public
 */
export function tag(state: JobState, { now, version, tag: name }: Tag): Transition {
  const known = knownVersions(state);
  const tagged = known.find((job) => job.version === version);
  if (tagged === undefined) throw unknownVersion(known, version);
  const bearer = known.find((job) => job.tag === name);
  if (bearer !== undefined && bearer.version !== version) {
    throw new VerdigrisError(
      "tag_taken",
      `Version ${bearer.version} bears the tag "${name}" already; take it away first, or choose another.`,
      { tag: name, version: bearer.version },
    );
  }
  return changing(state, now, ({ draft }) => {
    const job = draft.versions[state.versions.indexOf(tagged)];
    if (job !== undefined) job.tag = name;
    return {};
  });
}

/**
 * Takes a tag away; a version that only the tag kept is forgotten.
 *
 * @throws VerdigrisError `unknown_job`, `unknown_tag`
 *
 * @example
 * ```ts
 * const { state } = untag(tag(submitted, { version: 0, tag: "first", now }).state, { tag: "first", now });
 * state.versions[0]?.tag; // undefined
 * ```
 *
 * @public
 */
export function untag(state: JobState, { now, tag: name }: Untag): Transition {
  const known = knownVersions(state);
  const bearer = known.find((job) => job.tag === name);
  if (bearer === undefined) throw unknownTag(known, name);
  return changing(state, now, ({ draft }) => {
    const versions = state.versions.map((job) => (job === bearer ? untagged(job) : job));
    draft.versions = [...pruned(versions, state.allocations)] as typeof draft.versions;
    return {};
  });
}

/** Those of this registration. */
function knownVersions(state: JobState): readonly Job[] {
  const { createIndex } = requireJob(state);
  return state.versions.filter((job) => job.createIndex === createIndex);
}

function untagged({ tag: _, ...job }: Job): Job {
  return job;
}
