import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVerdigrisError } from "../../src/index.js";
import { SCALE, SEED } from "../property/run-settings.js";
import { isTyped } from "./is-typed.js";
import { type Path, pathsOf, type Tree } from "./json-tree.js";
import { chosen, MUTATION_NAMES, MUTATIONS, type MutationName } from "./mutations.js";
import { PARSERS, type Parser } from "./parsers.js";

const CASES = Math.round((20_000 / PARSERS.length) * SCALE);
/** Far above what any case takes; what hangs takes longer. */
const LONGEST = 10_000;

interface Change {
  readonly name: MutationName;
  readonly place: number;
  readonly choice: number;
}

const change = fc.record({
  name: fc.constantFrom(...MUTATION_NAMES),
  place: fc.nat(),
  choice: fc.nat(),
});

describe.each(PARSERS.map((parser) => [parser.name, parser] as const))("%s", (_, parser) => {
  it(`takes what is real`, () => {
    for (const seed of parser.seeds) expect(() => parser.parse(seed)).not.toThrow();
    expect(parser.seeds.length).toBeGreaterThan(8);
  });

  it(`answers ${CASES} mutated ones with what can be used, or with a typed error (seed ${SEED})`, () => {
    const counts: Record<string, number> = {};
    const count = (what: string): void => {
      counts[what] = (counts[what] ?? 0) + 1;
    };
    fc.assert(
      fc.property(fc.nat(), fc.array(change, { minLength: 1, maxLength: 3 }), (nth, changes) => {
        const mutated = changes.reduce<Tree>(mutate, chosen(parser.seeds, nth));
        for (const { name } of changes) count(name);
        const started = performance.now();
        count(outcomeOf(parser, mutated));
        expect(performance.now() - started).toBeLessThan(LONGEST);
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect("polluted" in {}).toBe(false);
      }),
      { seed: SEED, numRuns: CASES },
    );
    for (const reached of ["used", "refused", ...MUTATION_NAMES])
      expect([reached, counts[reached] ?? 0]).toEqual([reached, expect.toSatisfy((n) => n > CASES / 100)]);
  }, 3_600_000);

  it(`refuses what is of another sort than it says (seed ${SEED})`, () => {
    let asked = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (nth, place, choice) => {
        const seed = chosen(parser.seeds, nth);
        const path = chosen(known.get(seed) ?? [], place);
        if (!isTyped(parser.name, path)) return;
        asked++;
        const outcome = outcomeOf(parser, MUTATIONS["another sort"](seed, path, choice), false);
        if (outcome !== "refused") expect([path.join("."), outcome]).toEqual([path.join("."), "refused"]);
      }),
      { seed: SEED, numRuns: CASES },
    );
    expect(asked).toBeGreaterThan(parser.name === "readState" ? -1 : CASES / 3);
  }, 3_600_000);
});

const known = new Map<Tree, readonly Path[]>(
  PARSERS.flatMap(({ seeds }) => seeds.map((seed) => [seed, pathsOf(seed)] as const)),
);

function mutate(root: Tree, { name, place, choice }: Change): Tree {
  const paths = known.get(root) ?? pathsOf(root);
  return paths.length === 0 ? root : MUTATIONS[name](root, chosen(paths, place), choice);
}

/** Anything that is thrown but a typed error of this library fails the case. */
function outcomeOf(parser: Parser, value: Tree, andUse = true): string {
  try {
    parser.parse(value);
  } catch (error) {
    if (!isVerdigrisError(error)) throw error;
    expect(error.message.length).toBeLessThan(5_000);
    return "refused";
  }
  if (!andUse) return "accepted";
  try {
    return parser.parseAndUse(value);
  } catch (error) {
    if (!isVerdigrisError(error)) throw error;
    return `refused in use: ${error.code}`;
  }
}
