import { type Allocation, nameIndex, VerdigrisError } from "../model/index.js";

/** A group's allocations by name index, then id, and those indexes. */
export interface Ordered {
  readonly allocations: readonly Allocation[];
  readonly nameIndexes: readonly number[];
}

/** Splits the allocations by group, keeping their order. */
export function byGroup(allocations: readonly Allocation[]): Map<string, Allocation[]> {
  const groups = new Map<string, Allocation[]>();
  let name: string | undefined;
  let members: Allocation[] = [];
  for (const allocation of allocations) {
    if (allocation.group !== name) {
      name = allocation.group;
      const known = groups.get(name);
      members = known ?? [];
      if (known === undefined) groups.set(name, members);
    }
    members.push(allocation);
  }
  return groups;
}

/** Section 0's order. Looks first, and sorts only what is not in order: by counting, for name indexes are small. */
export function canonicalOrder(allocations: readonly Allocation[]): Ordered {
  const nameIndexes: number[] = [];
  let inOrder = true;
  let largest = 0;
  let previous: Allocation | undefined;
  let previousIndex = -1;
  for (const allocation of allocations) {
    const index = nameIndex(allocation.name);
    if (index < 0) throw badName(allocation);
    nameIndexes.push(index);
    if (index > largest) largest = index;
    if (
      index < previousIndex ||
      (index === previousIndex && previous !== undefined && previous.id > allocation.id)
    ) {
      inOrder = false;
    }
    previous = allocation;
    previousIndex = index;
  }
  return inOrder ? { allocations, nameIndexes } : sorted(allocations, nameIndexes, largest);
}

function sorted(
  allocations: readonly Allocation[],
  nameIndexes: readonly number[],
  largest: number,
): Ordered {
  const order =
    largest <= 8 * allocations.length
      ? countingOrder(nameIndexes, largest)
      : [...nameIndexes.keys()].sort((a, b) => (nameIndexes[a] ?? 0) - (nameIndexes[b] ?? 0));
  const byIndex: Allocation[] = [];
  const indexes: number[] = [];
  for (const from of order) {
    const allocation = allocations[from];
    if (allocation === undefined) continue;
    byIndex.push(allocation);
    indexes.push(nameIndexes[from] ?? 0);
  }
  sortRunsById(byIndex, indexes);
  return { allocations: byIndex, nameIndexes: indexes };
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0);
}

/** Positions in the order of their keys, by counting how many there are of each. */
function countingOrder(keys: readonly number[], largest: number): readonly number[] {
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
function sortRunsById(allocations: Allocation[], nameIndexes: readonly number[]): void {
  let start = 0;
  for (let i = 1; i <= allocations.length; i++) {
    if (i < allocations.length && nameIndexes[i] === nameIndexes[start]) continue;
    if (i - start > 1) {
      // No two bear one id.
      const run = allocations.slice(start, i).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (let k = 0; k < run.length; k++) {
        const allocation = run[k];
        if (allocation !== undefined) allocations[start + k] = allocation;
      }
    }
    start = i;
  }
}

function badName(allocation: Allocation): VerdigrisError {
  return new VerdigrisError(
    "bad_name",
    `Allocation "${allocation.id}" is called "${allocation.name}"; a name ends in its index: "<jobId>.<group>[<index>]".`,
    { allocationId: allocation.id, name: allocation.name },
  );
}
