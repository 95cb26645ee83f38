import { allocationAt, type GroupPicture, marksOf } from "./group-picture.js";
import { HOLDS_NAME } from "./marks.js";

/** Where each id of the group stands. Built only when somebody follows a chain. */
export function positionsById(picture: GroupPicture): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (let i = 0; i < picture.allocations.length; i++) positions.set(allocationAt(picture, i).id, i);
  return positions;
}

/**
 * Follows `nextAllocation` from an allocation and gives each replacement to `visit` until it answers true. A link that
 * leads back ends the chain.
 */
export function followChain(
  picture: GroupPicture,
  positions: ReadonlyMap<string, number>,
  from: number,
  visit: (replacement: number) => boolean,
): void {
  const seen = new Set([from]);
  let next = allocationAt(picture, from).nextAllocation;
  while (next !== undefined) {
    const at = positions.get(next);
    if (at === undefined || seen.has(at) || visit(at)) return;
    seen.add(at);
    next = allocationAt(picture, at).nextAllocation;
  }
}

/** The id of the first replacement along the chain that holds a place: untainted, migrating, due now or lost. Those between may be history. */
export function replacementThatHolds(
  picture: GroupPicture,
  positions: ReadonlyMap<string, number>,
  from: number,
): string | undefined {
  let by: string | undefined;
  followChain(picture, positions, from, (at) => {
    if ((marksOf(picture, at) & HOLDS_NAME) === 0) return false;
    by = allocationAt(picture, at).id;
    return true;
  });
  return by;
}
