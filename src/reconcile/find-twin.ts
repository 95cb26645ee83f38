/** Up to this many are compared each with each: that takes less than a table. */
const FEW = 24;
/** Ids that crowd one place of the table for longer than this are told apart by a set instead. */
const MOST_PROBES = 64;

interface Bearer {
  readonly id: string;
}

/** The first id that two of them bear, if any. */
export function findTwin(bearers: readonly Bearer[]): string | undefined {
  const seen = seenIds(bearers);
  if (typeof seen === "string") return seen;
  if (seen === undefined) return undefined;
  for (let i = 0; i < bearers.length; i++) if (isTwin(seen, bearers, i)) return bearers[i]?.id;
  return undefined;
}

/** The ids that one pass over their bearers has seen so far. */
export interface SeenIds {
  /** Positions, counted from 1, by the hash of the id that stands there. */
  readonly table: Int32Array;
  /** The hash of each: ids are compared only where hashes are equal. */
  readonly hashes: Int32Array;
  /** In the place of the table, where ids crowd it. */
  set: Set<string> | undefined;
}

/**
 * What it takes to see a twin in one pass. Nothing, where a look tells that there is none: ids in ascending order, as most
 * stores give them, need one comparison each; the twin's id, where a look finds one.
 */
export function seenIds(bearers: readonly Bearer[]): SeenIds | string | undefined {
  if (isAscending(bearers)) return undefined;
  if (bearers.length <= FEW) return twinByPairs(bearers);
  let size = 16;
  while (size < 2 * bearers.length) size *= 2;
  return { table: new Int32Array(size), hashes: new Int32Array(bearers.length), set: undefined };
}

function isAscending(bearers: readonly Bearer[]): boolean {
  let previous = "";
  for (const { id } of bearers) {
    if (id <= previous) return false;
    previous = id;
  }
  return true;
}

/** Compares one with those before it only if one of them left the same trace among 32. */
function twinByPairs(bearers: readonly Bearer[]): string | undefined {
  let traces = 0;
  for (let i = 0; i < bearers.length; i++) {
    const id = bearers[i]?.id ?? "";
    const trace = 1 << (id.charCodeAt(id.length - 1) + 5 * id.charCodeAt(id.length >> 1));
    if ((traces & trace) !== 0) {
      for (let k = 0; k < i; k++) if (bearers[k]?.id === id) return id;
    }
    traces |= trace;
  }
  return undefined;
}

/** Whether one of those before bears the id of this one; they must have been asked for in their order. */
export function isTwin(seen: SeenIds, bearers: readonly Bearer[], i: number): boolean {
  const id = bearers[i]?.id ?? "";
  if (seen.set !== undefined) return seen.set.size === seen.set.add(id).size;
  const { table, hashes } = seen;
  const last = table.length - 1;
  const hash = hashOf(id);
  hashes[i] = hash;
  let at = hash & last;
  let probes = 0;
  for (let other = table[at] ?? 0; other !== 0; other = table[at] ?? 0) {
    if (hashes[other - 1] === hash && bearers[other - 1]?.id === id) return true;
    if (++probes > MOST_PROBES) {
      seen.set = new Set(bearers.slice(0, i).map((bearer) => bearer.id));
      return isTwin(seen, bearers, i);
    }
    at = (at + 1) & last;
  }
  table[at] = i + 1;
  return false;
}

/** Of eight of its characters, spread over its length. */
function hashOf(id: string): number {
  const { length } = id;
  let hash = length;
  // From the end: that is where ids that are counted differ.
  for (let n = 0; n < 8; n++) hash = Math.imul(hash, 31) + id.charCodeAt(length - 1 - ((n * length) >> 3));
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
