import type { Allocation } from "../model/index.js";

/** Whether the next allocation of a group may follow the last one: by name index, then id (section 0). */
export function mayFollow(last: Allocation, lastIndex: number, next: Allocation, nextIndex: number): boolean {
  return lastIndex < nextIndex || (lastIndex === nextIndex && last.id <= next.id);
}

/** Section 0's order, as positions. Sorts by counting, for name indexes are small. */
export function canonicalOrder(
  allocations: readonly Allocation[],
  nameIndexes: readonly number[],
): readonly number[] {
  let largest = 0;
  for (const index of nameIndexes) if (index > largest) largest = index;
  const order =
    largest <= 8 * allocations.length
      ? countingOrder(nameIndexes, largest)
      : [...nameIndexes.keys()].sort((a, b) => (nameIndexes[a] ?? 0) - (nameIndexes[b] ?? 0));
  sortRunsById(order, allocations, nameIndexes);
  return order;
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** Positions in the order of their keys, by counting how many there are of each. */
function countingOrder(keys: readonly number[], largest: number): number[] {
  const starts = zeros(largest + 2);
  for (let i = 0; i < keys.length; i++) {
    const after = (keys[i] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let key = 1; key < starts.length; key++) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
  const order = zeros(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    const at = starts[key] ?? 0;
    order[at] = i;
    starts[key] = at + 1;
  }
  return order;
}

/** Those that share an index stand together by now; each such run is sorted by id. */
function sortRunsById(
  order: number[],
  allocations: readonly Allocation[],
  nameIndexes: readonly number[],
): void {
  const indexAt = (at: number): number | undefined => nameIndexes[order[at] ?? -1];
  const idOf = (position: number): string => allocations[position]?.id ?? "";
  let start = 0;
  for (let end = 1; end <= order.length; end++) {
    if (end < order.length && indexAt(end) === indexAt(start)) continue;
    if (end - start > 1) {
      // No two bear one id.
      const run = order.slice(start, end).sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
      for (const position of run) order[start++] = position;
    }
    start = end;
  }
}
