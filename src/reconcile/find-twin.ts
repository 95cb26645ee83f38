/** Up to this many, comparing each with each takes less than a table. */
const FEW = 24;
/** Ids that crowd one place of the table for longer than this are told apart by a set instead. */
const MOST_PROBES = 64;

interface Bearer {
  readonly id: string;
}

/**
 * The first id that two of them bear, if any. Ids in ascending order, as most stores give them, need one comparison each;
 * of others the hashes are compared, which is several times faster than a set of strings.
 */
export function findTwin(bearers: readonly Bearer[]): string | undefined {
  if (isAscending(bearers)) return undefined;
  return bearers.length <= FEW ? twinByPairs(bearers) : twinByTable(bearers);
}

function isAscending(bearers: readonly Bearer[]): boolean {
  let previous = "";
  for (const { id } of bearers) {
    if (id <= previous) return false;
    previous = id;
  }
  return true;
}

function twinByPairs(bearers: readonly Bearer[]): string | undefined {
  for (let i = 1; i < bearers.length; i++) {
    const id = bearers[i]?.id;
    for (let k = 0; k < i; k++) if (bearers[k]?.id === id) return id;
  }
  return undefined;
}

/** A flat table of hashes, each with the position of its bearer, counted from 1: ids are compared only where hashes are equal. */
function twinByTable(bearers: readonly Bearer[]): string | undefined {
  let size = 16;
  while (size < 2 * bearers.length) size *= 2;
  const table = new Int32Array(2 * size);
  for (let i = 0; i < bearers.length; i++) {
    const id = bearers[i]?.id ?? "";
    const hash = hashOf(id);
    let at = hash & (size - 1);
    let probes = 0;
    for (let other = table[2 * at + 1] ?? 0; other !== 0; other = table[2 * at + 1] ?? 0) {
      if (table[2 * at] === hash && bearers[other - 1]?.id === id) return id;
      if (++probes > MOST_PROBES) return twinBySet(bearers);
      at = (at + 1) & (size - 1);
    }
    table[2 * at] = hash;
    table[2 * at + 1] = i + 1;
  }
  return undefined;
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

function twinBySet(bearers: readonly Bearer[]): string | undefined {
  const seen = new Set<string>();
  for (const { id } of bearers) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return undefined;
}
