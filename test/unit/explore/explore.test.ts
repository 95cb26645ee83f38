import { describe, expect, it } from "vitest";
import { explore, type Space } from "../../../src/explore/index.js";

/** Two jugs of three and five litres. */
type Jugs = readonly [small: number, large: number];
type Pouring =
  | "fill small"
  | "fill large"
  | "empty small"
  | "empty large"
  | "small to large"
  | "large to small";

const jugs: Space<Jugs, Pouring> = {
  initial: [0, 0],
  events: () => [
    "fill small",
    "fill large",
    "empty small",
    "empty large",
    "small to large",
    "large to small",
  ],
  next: ([small, large], event) => {
    switch (event) {
      case "fill small":
        return small === 3 ? undefined : [3, large];
      case "fill large":
        return large === 5 ? undefined : [small, 5];
      case "empty small":
        return [0, large];
      case "empty large":
        return [small, 0];
      case "small to large":
        return [small - Math.min(small, 5 - large), large + Math.min(small, 5 - large)];
      case "large to small":
        return [small + Math.min(large, 3 - small), large - Math.min(large, 3 - small)];
    }
  },
  canonical: (state) => state.join(" "),
};

/** Counts up to a limit; whoever steps aside into the trap stays there. */
function counter(limit: number): Space<number, "up" | "trap"> {
  return {
    initial: 0,
    events: (n) => (n >= 1_000_000 ? [] : ["up", "trap"]),
    next: (n, event) =>
      event === "trap" ? (n === 3 ? 1_000_000 : undefined) : n < limit ? n + 1 : undefined,
    canonical: String,
    properties: { mayLast: (n) => n === limit },
  };
}

describe("exploring", () => {
  it("sees every state once, and every step", () => {
    // Six events in each of sixteen, but for six in which the small and four in which the large one is full.
    expect(explore(jugs)).toEqual({ states: 16, transitions: 86, violations: [], isComplete: true });
  });

  it("finds the shortest way to what must never be", () => {
    const { violations } = explore({
      ...jugs,
      properties: { ofState: ([, large]) => (large === 4 ? "four litres" : undefined) },
    });
    expect(violations).toHaveLength(1);
    expect(violations[0]?.message).toBe("four litres");
    // Six pourings are the fewest; there are two ways of six.
    expect(violations[0]?.trace).toHaveLength(6);
    expect(
      violations[0]?.trace.reduce<Jugs>((state, event) => jugs.next(state, event) ?? state, [0, 0])[1],
    ).toBe(4);
  });

  it("checks steps, and names the step", () => {
    const { violations } = explore({
      ...jugs,
      properties: {
        ofStep: (_, event, [small]) => (event === "small to large" && small > 0 ? "spilt" : undefined),
      },
    });
    expect(violations[0]?.trace.at(-1)).toBe("small to large");
  });

  it("finds a state from which nothing leads to rest", () => {
    expect(explore(counter(5)).violations).toEqual([
      { message: "from here nothing leads to rest", trace: ["up", "up", "up", "trap"] },
    ]);
  });

  it("goes on to more violations if asked", () => {
    const wrong = explore(
      { ...jugs, properties: { ofState: ([small]) => (small === 3 ? "full" : undefined) } },
      { violations: 3 },
    );
    expect(wrong.violations).toHaveLength(3);
    expect(wrong.isComplete).toBe(false);
  });

  it("stops at a limit, and says that it did not see everything", () => {
    const { states, isComplete } = explore(counter(100_000), { most: 50 });
    expect(states).toBe(50);
    expect(isComplete).toBe(false);
  });

  it("knows a hundred thousand states apart", () => {
    let told = 0;
    const space = { ...counter(100_000), properties: { mayLast: () => true } };
    expect(explore(space, { onProgress: () => void told++ })).toMatchObject({
      states: 100_002,
      violations: [],
    });
    expect(told).toBeGreaterThan(3);
  });

  it.each([0, -1, Number.NaN, "10"])(
    "refuses to look at no more than %s states, or for as many violations",
    (value) => {
      for (const option of ["most", "violations"]) {
        const says = `${option} is ${value}; it must be a number from 1 on`;
        expect(() => explore(jugs, { [option]: value })).toThrow(new RangeError(says));
      }
    },
  );

  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["object", [0, 0]],
    ["number", 1],
    ["null", null],
  ])("refuses a canonical that returns no text: %s", (returned, text) => {
    const wordless = { ...jugs, canonical: () => text } as unknown as typeof jugs;
    const says = `canonical must return a string, it returned ${returned}`;
    expect(() => explore(wordless)).toThrow(new TypeError(says));
  });

  it("notices a space that does not give the same events every time", () => {
    let asked = 0;
    const fickle: Space<number, number> = {
      initial: 0,
      events: () => (asked++ > 2 ? [] : [1]),
      next: (n) => n + 1,
      canonical: String,
      properties: { ofState: (n) => (n === 3 ? "three" : undefined) },
    };
    expect(() => explore(fickle)).toThrow("the same events every time");
  });
});
