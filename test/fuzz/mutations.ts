import {
  changedAt,
  type Path,
  recordOf,
  somePath,
  sortOf,
  type Tree,
  valueAt,
  withValueAt,
} from "./json-tree.js";

/** What is done to real JSON: at a place, by a number that chooses. */
export type Mutation = (root: Tree, path: Path, choice: number) => Tree;

const DEEP = 5_000;
const MANY = 300;

/** One of each sort of JSON. */
const OF_EACH_SORT: readonly Tree[] = [null, true, 0, "0", [], {}];

const NUMBERS: readonly number[] = [
  1e308,
  -1e308,
  -1,
  -0,
  1.5,
  5e-324,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  2 ** 31,
  2 ** 32,
];

const TEXTS: readonly string[] = [
  "",
  "\ud800",
  "a\udc00b",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "toString",
  "\u0000",
  "\u202e",
  "x".repeat(20_000),
  "shop.web[4294967296]",
  "shop.web[-1]",
  "shop.web[1e9]",
  "[0]",
];

const KEYS: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "length",
  "",
  "0",
  "toJSON",
  "then",
];

export const MUTATIONS = {
  "another sort": (root, path, choice) => {
    const is = sortOf(valueAt(root, path));
    const others = OF_EACH_SORT.filter((value) => sortOf(value) !== is);
    return withValueAt(root, path, chosen(others, choice));
  },
  "another number": (root, path, choice) => withValueAt(root, path, chosen(NUMBERS, choice)),
  "another text": (root, path, choice) => withValueAt(root, path, chosen(TEXTS, choice)),
  "left out": (root, path) => changedAt(root, path, () => undefined),
  "from elsewhere": (root, path, choice) =>
    withValueAt(root, path, valueAt(root, somePath(root, choice) ?? [])),
  twice: (root, path, choice) =>
    changedAt(root, path, (value) => {
      if (!Array.isArray(value) || value.length === 0) return value;
      return [...value, chosen(value, choice)];
    }),
  "very often": (root, path, choice) =>
    changedAt(root, path, (value) => {
      const one = Array.isArray(value) && value.length > 0 ? chosen(value, choice) : value;
      return Array.from({ length: MANY }, () => one);
    }),
  "a further key": (root, path, choice) =>
    changedAt(root, path, (value) => {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
      return recordOf([...Object.entries(value), [chosen(KEYS, choice), { polluted: true }]]);
    }),
  "another key": (root, path, choice) =>
    changedAt(root, path, (value) => {
      if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
      return recordOf(
        Object.entries(value).map(([key, inner], at) => [at === 0 ? chosen(KEYS, choice) : key, inner]),
      );
    }),
  "nested deeply": (root, path) =>
    changedAt(root, path, (value) => {
      let nested = value;
      for (let depth = 0; depth < DEEP; depth++) nested = depth % 2 === 0 ? [nested] : { in: nested };
      return nested;
    }),
} satisfies { readonly [name: string]: Mutation };

export type MutationName = keyof typeof MUTATIONS;

export const MUTATION_NAMES = Object.keys(MUTATIONS) as MutationName[]; // They are these.

export function chosen<T>(list: readonly T[], choice: number): T {
  const one = list[choice % list.length];
  if (one === undefined) throw new RangeError("nothing is there to choose from");
  return one;
}
