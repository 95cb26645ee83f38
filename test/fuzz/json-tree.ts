/** Any JSON, as it comes from outside. */
export type Tree = null | boolean | number | string | Tree[] | { [key: string]: Tree };

/** Where a value stands, root first. */
export type Path = readonly (string | number)[];

/** What sort of JSON a value is. */
export function sortOf(value: Tree): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

/** Real JSON is not nested deeper than this. */
const DEEPEST = 30;

/** Where every value below the root stands. */
export function pathsOf(value: Tree, path: Path = []): Path[] {
  return path.length > DEEPEST
    ? []
    : stepsOf(value).flatMap(([step, inner]) => [[...path, step], ...pathsOf(inner, [...path, step])]);
}

/** One of them, by a number that chooses; nothing where there is none. */
export function somePath(root: Tree, choice: number): Path | undefined {
  const places = placesIn(root);
  if (places === 0) return undefined;
  const path: (string | number)[] = [];
  let value = root;
  for (let left = choice % places; ; left--) {
    const step = stepsOf(value).find(([, inner]) => {
      const within = 1 + placesIn(inner, path.length + 1);
      if (left < within) return true;
      left -= within;
      return false;
    });
    // What stands deeper than is counted is not chosen.
    if (step === undefined) return path;
    path.push(step[0]);
    if (left === 0) return path;
    value = step[1];
  }
}

/** Changed trees share with the one before what did not change. */
const counted = new WeakMap<object, number>();

/** How many values stand below. */
function placesIn(value: Tree, depth = 0): number {
  if (value === null || typeof value !== "object" || depth > DEEPEST) return 0;
  let places = counted.get(value);
  if (places === undefined) {
    places = 0;
    for (const [, inner] of stepsOf(value)) places += 1 + placesIn(inner, depth + 1);
    counted.set(value, places);
  }
  return places;
}

function stepsOf(value: Tree): (readonly [string | number, Tree])[] {
  if (value === null || typeof value !== "object") return [];
  return Array.isArray(value) ? value.map((item, at) => [at, item]) : Object.entries(value);
}

export function valueAt(root: Tree, path: Path): Tree {
  return path.reduce<Tree>((value, step) => {
    if (value === null || typeof value !== "object") throw new RangeError(`nothing is at ${path.join(".")}`);
    return (Array.isArray(value) ? value[Number(step)] : value[step]) ?? null;
  }, root);
}

/** The same with another value there; everything else is shared. */
export function withValueAt(root: Tree, path: Path, value: Tree): Tree {
  return changedAt(root, path, () => value);
}

/** The same with what is there changed; everything else is shared. `undefined`: it is left out. */
export function changedAt(root: Tree, path: Path, change: (value: Tree) => Tree | undefined): Tree {
  const [step, ...rest] = path;
  if (step === undefined) return change(root) ?? null;
  if (Array.isArray(root)) {
    return root.flatMap((item, at) => {
      if (at !== step) return [item];
      const changed = rest.length === 0 ? change(item) : changedAt(item, rest, change);
      return changed === undefined ? [] : [changed];
    });
  }
  if (root === null || typeof root !== "object") throw new RangeError("nothing is there");
  const entries = Object.entries(root).flatMap(([key, inner]): [string, Tree][] => {
    if (key !== step) return [[key, inner]];
    const changed = rest.length === 0 ? change(inner) : changedAt(inner, rest, change);
    return changed === undefined ? [] : [[key, changed]];
  });
  return recordOf(entries);
}

/** A plain object as `JSON.parse` makes it: also "__proto__" is a key like any other. */
export function recordOf(entries: readonly (readonly [string, Tree])[]): { [key: string]: Tree } {
  const record: { [key: string]: Tree } = {};
  for (const [key, value] of entries)
    Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true });
  return record;
}
