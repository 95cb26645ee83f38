import type {
  Allocation,
  DeploymentState,
  IgnoreReason,
  StopReason,
  TaskGroup,
  UpdateStrategy,
} from "../model/index.js";
import type { Kept } from "./group-reading.js";
import { ENDS, EXPLAINED, SETS, STOPPED } from "./marks.js";
import type { Mutable } from "./mutable.js";
import type { PlacementDraft, ProvenVersion, ReplacementDraft } from "./placement-draft.js";
import type { GroupVersion } from "./versions.js";

/** A follow-up evaluation that one allocation asks for. */
export interface Wish {
  readonly at: number;
  readonly allocation: number;
}

/**
 * The scratch paper of one evaluation of one group: its allocations in canonical order, a word of marks for each, and
 * what was decided so far. It never leaves `reconcile`.
 */
export interface GroupPicture {
  readonly name: string;
  /** The current job's group; absent when the group is gone from it. */
  readonly group: TaskGroup | undefined;
  readonly count: number;
  /** Absent: no update strategy. Always absent in a batch job. */
  readonly update: UpdateStrategy | undefined;

  readonly allocations: readonly Allocation[];
  /** The versions that they run, each once. */
  readonly distinctVersions: readonly GroupVersion[];
  /** That of each; absent where all run one. */
  readonly versions: readonly GroupVersion[] | undefined;
  readonly nameIndexes: readonly number[];
  /** Two of them bear one name. */
  readonly shareNames: boolean;
  /** The reading's, until {@link setMarks} changes one. */
  marks: readonly number[];
  ownMarks: number[] | undefined;
  readonly kept: Kept | undefined;
  /** Every mark that any allocation bears or has borne: a rule about none of them need not look. */
  everMarked: number;
  /** By {@link explain}; as long as the group, or empty while there is none. */
  ignored: (IgnoreReason | undefined)[];
  /** By {@link end}; the same. */
  stopped: (StopReason | undefined)[];

  /** The group's deployment state as this evaluation leaves it. */
  state: Mutable<DeploymentState>;
  /** It is in the current deployment already. */
  stateExists: boolean;
  /** Something that counts (section 3's remainder) runs the current version. */
  hasCurrentVersion: boolean;
  /** It is to be added to the current deployment, or makes a new one. */
  stateIsNew: boolean;
  stateChanged: boolean;

  readonly wishes: Record<"reschedule" | "lost_after" | "stop_on_client_after", Wish[]>;
  /** The earliest time at which the group's part of the plan can change. */
  wakeAt: number;
  /** Until when the group waits for a lost allocation's own node to stop it; 0: it does not. */
  waitsForClientUntil: number;

  /** How many canaries there are (rule 3.6), and whether more are wanted (rule 10). */
  canaries: number;
  wantsCanaries: boolean;
  destructive: number;
  readonly placements: PlacementDraft[];
  /** What rule 13 replaces, in canonical order. */
  readonly replacements: ReplacementDraft[];
  /** The version to keep alive (rule 12), once somebody asked. */
  proven: ProvenVersion | "none" | undefined;
  /** What rule 12 asked for before it was cut for want of place-readiness. */
  planned: number;
  /** What could not be placed because no version may run there. */
  withoutVersion: number;
  budget: number;
  undecided: number;
  unhealthy: number;
  /** Section 3.2: the group is gone or wants nothing. */
  removed: boolean;
  complete: boolean;
}

/** Stops an allocation: it leaves every set. */
export function stop(picture: GroupPicture, allocation: number, reason: StopReason): void {
  setMarks(picture, allocation, (marksOf(picture, allocation) & ~SETS) | STOPPED);
  end(picture, allocation, reason);
}

/** Removes an allocation from the picture, for that reason: nothing is done about it and it counts for nothing. */
export function leaveOut(picture: GroupPicture, allocation: number, reason: IgnoreReason): void {
  setMarks(picture, allocation, marksOf(picture, allocation) & ~SETS);
  explain(picture, allocation, reason);
}

/** Says why nothing is done about an allocation, unless something is. */
export function explain(picture: GroupPicture, allocation: number, reason: IgnoreReason): void {
  if (picture.ignored.length === 0) picture.ignored = new Array(picture.marks.length);
  picture.ignored[allocation] = reason;
  setMarks(picture, allocation, marksOf(picture, allocation) | EXPLAINED);
}

/** Says why an allocation is stopped; the sets that it is in, it stays in. */
export function end(picture: GroupPicture, allocation: number, reason: StopReason): void {
  if (picture.stopped.length === 0) picture.stopped = new Array(picture.marks.length);
  picture.stopped[allocation] = reason;
  setMarks(picture, allocation, marksOf(picture, allocation) | ENDS);
}

/** The marks of one allocation. */
export function marksOf(picture: GroupPicture, allocation: number): number {
  return picture.marks[allocation] ?? 0;
}

/** Gives one allocation these marks instead of its own. */
export function setMarks(picture: GroupPicture, allocation: number, marks: number): void {
  if (picture.ownMarks === undefined) {
    picture.ownMarks = picture.marks.slice();
    picture.marks = picture.ownMarks;
  }
  picture.ownMarks[allocation] = marks;
  picture.everMarked |= marks;
}

/** Whether any allocation may bear one of those marks; if not, none does. */
export function mayBear(picture: GroupPicture, any: number): boolean {
  return (picture.everMarked & any) !== 0;
}

/** The version of one allocation. */
export function versionOf(picture: GroupPicture, allocation: number): GroupVersion {
  const { versions, distinctVersions } = picture;
  return there(versions === undefined ? distinctVersions[0] : versions[allocation]);
}

/** The ids of those whose marks are so. */
export function idsWhere(picture: GroupPicture, isSo: (marks: number) => boolean): readonly string[] {
  let left = 0;
  for (let i = 0; i < picture.marks.length; i++) if (isSo(marksOf(picture, i))) left++;
  const ids = new Array<string>(left);
  for (let i = picture.marks.length - 1; left > 0; i--) {
    if (!isSo(marksOf(picture, i))) continue;
    left--;
    // Where ids are kept, without a look at the allocation.
    ids[left] = picture.kept?.ids[i] ?? allocationAt(picture, i).id;
  }
  return ids;
}

/** One allocation. */
export function allocationAt(picture: GroupPicture, allocation: number): Allocation {
  return there(picture.allocations[allocation]);
}

function there<T>(item: T | undefined): T {
  if (item === undefined) throw new RangeError("a rule looked past the end of its group");
  return item;
}

/** Notes a time at which the answer can change. */
export function wakeNoLaterThan(picture: GroupPicture, at: number): void {
  if (at < picture.wakeAt) picture.wakeAt = at;
}

/** How many allocations bear any of those marks. */
export function countMarked(picture: GroupPicture, any: number): number {
  if (!mayBear(picture, any)) return 0;
  let count = 0;
  for (let i = 0; i < picture.marks.length; i++) if ((marksOf(picture, i) & any) !== 0) count++;
  return count;
}
