import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deciders } from "../../src/properties/index.js";
import {
  explore,
  makeTestingKit,
  PROPERTIES,
  PropertyViolated,
  type RunOptions,
  rolloutSpace,
} from "../../src/testing/index.js";
import { MUTANTS, type Search } from "./mutants/mutants.js";
import { mutated } from "./mutants/mutated.js";

const { assertReconciler, assertLifecycle } = makeTestingKit(fc);
/** More than any of them needs. */
const MOST = { inputs: 5_000, lives: 3_000, states: 20_000 };

/** The first property that is broken, all of them being asked, where a search for that one alone finds something. */
function killer(decide: Deciders, search: Search, suspect: string): string | undefined {
  if (search.kind === "explorer") {
    const { violations } = explore(rolloutSpace({ ...search.options, ...decide }), { most: MOST.states });
    return violations[0]?.message.split(": ")[0];
  }
  const alone = violated(decide, search, { properties: [suspect] });
  if (alone === undefined) return undefined;
  const { property: _, ...replay } = alone.replay;
  return violated(decide, search, { except: ["small model"], replay })?.violations[0]?.property;
}

/** What inputs or lives find. How short the case can be made is not what is asked here. */
function violated(
  decide: Deciders,
  search: Exclude<Search, { kind: "explorer" }>,
  asked: Pick<RunOptions, "properties" | "except" | "replay">,
): PropertyViolated | undefined {
  const run = { floors: {}, shrinks: 0, ...asked };
  try {
    if (search.kind === "inputs")
      assertReconciler(decide.reconcile, { ...run, inputs: MOST.inputs, lives: 0 });
    else assertLifecycle(decide, { ...run, lives: MOST.lives, ...search.options });
    return undefined;
  } catch (error) {
    if (error instanceof PropertyViolated) return error;
    throw error;
  }
}

describe("a rule that is undone is missed by a property", () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
    "%s",
    async (_, { patches, killedBy, foundBy }) => {
      expect(killer(await mutated(patches), foundBy, killedBy)).toBe(killedBy);
    },
  );

  it("and without a patch none is", async () => {
    const sound = await mutated([]);
    const space = rolloutSpace({ count: 2, faults: 0, update: { canary: 1 }, ...sound });
    expect(explore(space, { most: MOST.states }).violations).toEqual([]);
    expect(
      violated(sound, { kind: "lives", options: { lives: 50 } }, { except: ["small model"] }),
    ).toBeUndefined();
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
