/** An id is hashed by at most this many of its characters, spread over its length. */
const SAMPLED = 12;
/** Ids that crowd one place of the table for longer than this are told apart by a set instead. */
const MOST_PROBES = 64;

/**
 * The first id that two of them bear, if any. Ids in ascending order, as most stores give them, need one comparison each;
 * others go into a flat table of numbers, which is several times faster than a set of strings.
 */
export function findTwin(bearers: readonly { readonly id: string }[]): string | undefined {
  return isAscending(bearers) ? undefined : twinByTable(bearers);
}

function isAscending(bearers: readonly { readonly id: string }[]): boolean {
  let previous = "";
  for (const { id } of bearers) {
    if (id <= previous) return false;
    previous = id;
  }
  return true;
}

function twinByTable(bearers: readonly { readonly id: string }[]): string | undefined {
  let size = 16;
  while (size < 2 * bearers.length) size *= 2;
  // Holds positions, counted from 1; 0 is free.
  const table = new Int32Array(size);
  for (let i = 0; i < bearers.length; i++) {
    const id = bearers[i]?.id ?? "";
    let at = hashOf(id) & (size - 1);
    let probes = 0;
    for (let other = table[at] ?? 0; other !== 0; other = table[at] ?? 0) {
      if (bearers[other - 1]?.id === id) return id;
      if (++probes > MOST_PROBES) return twinBySet(bearers);
      at = (at + 1) & (size - 1);
    }
    table[at] = i + 1;
  }
  return undefined;
}

function hashOf(id: string): number {
  const step = id.length <= SAMPLED ? 1 : Math.ceil(id.length / SAMPLED);
  let hash = id.length;
  // From the end: that is where ids that are counted differ.
  for (let at = id.length - 1; at >= 0; at -= step) hash = Math.imul(hash, 31) + id.charCodeAt(at);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function twinBySet(bearers: readonly { readonly id: string }[]): string | undefined {
  const seen = new Set<string>();
  for (const { id } of bearers) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return undefined;
}
