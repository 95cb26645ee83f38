import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deciders } from "../../src/properties/index.js";
import {
  explore,
  makeTestingKit,
  PROPERTIES,
  PropertyViolated,
  rolloutSpace,
} from "../../src/testing/index.js";
import { MUTANTS, type Search } from "./mutants/mutants.js";
import { mutated } from "./mutants/mutated.js";

const { assertReconciler, assertLifecycle } = makeTestingKit(fc);
/** More than any of them needs. */
const MOST = { inputs: 5_000, lives: 3_000, states: 20_000 };

/** The first property that is broken; all are asked. */
function killer(decide: Deciders, search: Search): string | undefined {
  // How short the case can be made is not what is asked here.
  const run = { floors: {}, shrinks: 0 };
  try {
    switch (search.kind) {
      case "inputs":
        assertReconciler(decide.reconcile, { ...run, inputs: MOST.inputs, lives: 0 });
        return undefined;
      case "lives":
        assertLifecycle(decide, { ...run, lives: MOST.lives, except: ["small model"], ...search.options });
        return undefined;
      case "explorer": {
        const { violations } = explore(rolloutSpace({ ...search.options, ...decide }), { most: MOST.states });
        return violations[0]?.message.split(": ")[0];
      }
    }
  } catch (error) {
    if (error instanceof PropertyViolated) return error.violations[0]?.property;
    throw error;
  }
}

describe("a rule that is undone is missed by a property", () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    "%s",
    async (_, { patches, killedBy, foundBy }) => {
      expect(killer(await mutated(patches), foundBy)).toBe(killedBy);
    },
  );

  it("and without a patch none is", async () => {
    const sound = await mutated([]);
    expect(
      killer(sound, { kind: "explorer", options: { count: 2, faults: 0, update: { canary: 1 } } }),
    ).toBeUndefined();
    expect(killer(sound, { kind: "lives", options: { lives: 200 } })).toBeUndefined();
  });

  it("refuses a patch that does not fit any more", async () => {
    const patch = { file: "reconcile/budget.ts", from: "no such words", to: "" };
    await expect(mutated([patch])).rejects.toThrow("has 0 places");
  });
});

describe("docs/mutants.md", () => {
  const page = readFileSync(new URL("../../docs/mutants.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| (.+?) \| `src\/(.+?)` \| \[(.+?)\]\((.+?)\) \| (\w+)/gm)].map((row) =>
    row.slice(1),
  );

  it("says of every mutant what kills it", () => {
    const told = MUTANTS.map(({ name, patches, killedBy, foundBy }) => [
      name,
      patches[0]?.file,
      killedBy,
      PROPERTIES.find((property) => property.name === killedBy)?.anchor,
      foundBy.kind,
    ]);
    expect(rows).toEqual(told);
  });
});
