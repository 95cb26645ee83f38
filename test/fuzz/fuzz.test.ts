import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVerdigrisError } from "../../src/index.js";
import { SCALE, SEED } from "../property/run-settings.js";
import { isTyped } from "./is-typed.js";
import { pathsOf, somePath, type Tree } from "./json-tree.js";
import { chosen, MUTATION_NAMES, MUTATIONS, type MutationName } from "./mutations.js";
import { PARSERS, type Parser } from "./parsers.js";

const CASES = Math.round((20_000 / PARSERS.length) * SCALE);
/** Far above what any case takes; what hangs takes longer. */
const LONGEST = 10_000;

/** Of each place so many, and each of the other sorts of JSON. */
const EXAMPLES = 3;
const SORTS = 6;

/** Nomad's answers have many fields that nobody reads: nothing says which those are. */
function isUntyped({ name }: Parser): boolean {
  return name === "readState";
}

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

  it.skipIf(isUntyped(parser))(
    "refuses what is of another sort than it says, at every place that there is",
    () => {
      const places = new Map<string, number>();
      let asked = 0;
      for (const seed of parser.seeds) {
        for (const path of pathsOf(seed)) {
          if (!isTyped(path)) continue;
          // Places that differ in numbers and in names of the caller's own are one.
          const place = path.map((step) => (typeof step === "number" ? "#" : step)).join(".");
          const times = places.get(place) ?? 0;
          places.set(place, times + 1);
          if (times >= EXAMPLES) continue;
          for (let choice = 0; choice < SORTS - 1; choice++) {
            asked++;
            const outcome = outcomeOf(parser, MUTATIONS["another sort"](seed, path, choice), false);
            if (outcome !== "refused") expect([path.join("."), outcome]).toEqual([path.join("."), "refused"]);
          }
        }
      }
      expect(places.size).toBeGreaterThan(40);
      expect(asked).toBeGreaterThan(500);
    },
  );
});

function mutate(root: Tree, { name, place, choice }: Change): Tree {
  const path = somePath(root, place);
  return path === undefined ? root : MUTATIONS[name](root, path, choice);
}

/** Anything that is thrown but a typed error of this library fails the case. */
function outcomeOf(parser: Parser, value: Tree, andUse = true): string {
  let use: () => void;
  try {
    use = parser.parse(value);
  } catch (error) {
    if (!isVerdigrisError(error)) throw error;
    expect(error.message.length).toBeLessThan(5_000);
    return "refused";
  }
  if (!andUse) return "accepted";
  try {
    use();
    return "used";
  } catch (error) {
    if (!isVerdigrisError(error)) throw error;
    return `refused in use: ${error.code}`;
  }
}
