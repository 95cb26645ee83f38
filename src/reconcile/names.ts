import { isStable } from "./canaries.js";
import { type GroupPicture, marksOf, mayBear } from "./group-picture.js";
import { CANARY, DESTRUCTIVE, HOLDS_NAME } from "./marks.js";
import type { NameRank } from "./placement-draft.js";

/** How often each name index is held. Indexes far beyond the group's size are rare: they go into a map. */
export interface NameHolds {
  readonly near: number[];
  readonly far: Map<number, number>;
}

/** Rule 7: who holds which name; without the canaries when they are not to count. */
export function nameHolds(picture: GroupPicture, withCanaries: boolean): NameHolds {
  const size = Math.min(picture.count, 4 * picture.marks.length + 64) + picture.marks.length;
  const holds: NameHolds = { near: new Array<number>(size).fill(0), far: new Map() };
  const skipped = withCanaries ? 0 : CANARY;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & HOLDS_NAME) !== 0 && (marks & skipped) === 0) hold(holds, picture.nameIndexes[i] ?? 0, 1);
  }
  return holds;
}

function holdsOf(holds: NameHolds, index: number): number {
  return index < holds.near.length ? (holds.near[index] ?? 0) : (holds.far.get(index) ?? 0);
}

function hold(holds: NameHolds, index: number, times: 1 | -1): void {
  if (index < holds.near.length) holds.near[index] = (holds.near[index] ?? 0) + times;
  else holds.far.set(index, holdsOf(holds, index) + times);
}

/** Rule 7, next n names: the lowest free indexes below `count`, then 0, 1, ... again. */
export function nextNames(holds: NameHolds, count: number, wanted: number): number[] {
  const names: number[] = [];
  for (let index = 0; index < count && names.length < wanted; index++) {
    if (holdsOf(holds, index) === 0) names.push(index);
  }
  for (let index = 0; names.length < wanted; index++) names.push(index);
  return names;
}

/** Rule 7, next n canary names: of what is about to be replaced, then free ones, then above `count`; never another canary's. */
export function nextCanaryNames(picture: GroupPicture, nameHolds: () => NameHolds, wanted: number): number[] {
  const { count, nameIndexes } = picture;
  const taken = namesOfCanaries(picture);
  const names: number[] = [];
  const give = (index: number): void => {
    // Indexes come in ascending order, and once more only where several bear one name.
    if (index !== names[names.length - 1] && !taken.has(index)) names.push(index);
  };
  for (let i = 0; i < picture.marks.length && names.length < wanted; i++) {
    const marks = marksOf(picture, i);
    const index = nameIndexes[i] ?? 0;
    if ((marks & DESTRUCTIVE) !== 0 && isStable(picture, marks) && index < count) give(index);
  }
  if (names.length === wanted) return names;
  // What is about to be replaced holds its name, so none comes twice.
  const holds = nameHolds();
  for (let index = 0; index < count && names.length < wanted; index++) {
    if (holdsOf(holds, index) === 0) give(index);
  }
  for (let index = count; names.length < wanted; index++) give(index);
  return names;
}

/** The name indexes that canaries of this evaluation bear. */
export function namesOfCanaries(picture: GroupPicture): ReadonlySet<number> {
  const names = new Set<number>();
  if (!mayBear(picture, CANARY)) return names;
  for (let i = 0; i < picture.marks.length; i++) {
    if ((marksOf(picture, i) & CANARY) !== 0) names.add(picture.nameIndexes[i] ?? -1);
  }
  return names;
}

/** A placement whose name is looked at again. */
export interface Named {
  nameIndex: number;
  readonly nameRank: NameRank;
}

/**
 * Rule 7, at its end: a name held twice is given up for a free one, if there is one (D 33). The placements come in the
 * order in which they may take a free one: canaries, replacements, migrations.
 */
export function avoidTwins(holds: NameHolds, count: number, placements: readonly Named[]): void {
  const twins = placements.filter(
    ({ nameRank, nameIndex }) => nameRank !== "given" && holdsOf(holds, nameIndex) > 1,
  );
  if (twins.length === 0) return;
  const given = new Set<number>();
  for (const { nameRank, nameIndex } of placements) {
    if (nameRank === "canary" || nameRank === "given") given.add(nameIndex);
  }
  let lowest = 0;
  for (const placement of twins) {
    if (holdsOf(holds, placement.nameIndex) < 2) continue;
    while (holdsOf(holds, lowest) > 0 || given.has(lowest)) lowest++;
    if (lowest >= count) return;
    hold(holds, placement.nameIndex, -1);
    hold(holds, lowest, 1);
    placement.nameIndex = lowest;
  }
}
