import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GroupDiff, type Preview, type ProposedChange, preview } from "../../../src/explain/index.js";
import {
  applyPlan,
  currentJob,
  isVerdigrisError,
  type Job,
  type JobState,
  type Plan,
  placementsOf,
  reconcile,
  transition,
} from "../../../src/index.js";
import { sameSpecification, withDefaults } from "../../../src/lifecycle/index.js";
import { makeTestingKit } from "../../../src/testing/index.js";
import { KINDS, someChange } from "./some-change.js";

const { states } = makeTestingKit(fc).arbitraries;
const RUNS = { numRuns: 800, seed: 20_261_124 };

interface Case {
  readonly state: JobState;
  readonly now: number;
  readonly change: ProposedChange;
  readonly seen: Preview;
}

/** Changes of every kind in states of every kind, where they are accepted. */
const cases: readonly Case[] = fc
  .sample(fc.tuple(states(), fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 9 })), RUNS)
  .flatMap(([{ state, now }, kind, n]) => {
    const change = someChange(state, kind, n);
    const seen = change === undefined ? undefined : previewed(state, change, now);
    return change === undefined || seen === undefined ? [] : [{ state, now, change, seen }];
  });

/** Nothing where the change is refused: then the preview is refused in the same words. */
function previewed(state: JobState, change: ProposedChange, now: number): Preview | undefined {
  const refusalOf = (act: () => unknown): string | undefined => {
    try {
      act();
      return undefined;
    } catch (error) {
      if (isVerdigrisError(error)) return error.message;
      throw error;
    }
  };
  const refusal = refusalOf(() => transition(state, { ...change, now }));
  expect(refusalOf(() => preview(state, change, { now }))).toBe(refusal);
  return refusal === undefined ? preview(state, change, { now, evaluationId: "seen" }) : undefined;
}

/** What of a plan is done. */
function done({ madeFrom, waiting: _, wakeAt: __, ...plan }: Plan): unknown {
  const { index: ___, evaluationId: ____, ...rest } = madeFrom;
  return { ...plan, madeFrom: rest };
}

function versionBefore(state: JobState): Job | undefined {
  return state.purged === true ? undefined : currentJob(state.versions);
}

/** Every judged difference below the job. */
function entriesOf(one: object): { readonly forces: string; readonly name: string }[] {
  const inner = Object.values(one).flatMap((value) => (Array.isArray(value) ? value.flatMap(entriesOf) : []));
  return "forces" in one && "name" in one
    ? [{ forces: String(one.forces), name: String(one.name) }, ...inner]
    : inner;
}

describe("a preview and what then happens", () => {
  it("are one: the plan is made again, and the hash is accepted for it", () => {
    for (const { state, now, change, seen } of cases) {
      const { state: after } = transition(state, { ...change, now });
      const plan = reconcile({ ...after, now, evaluationId: "real" });
      expect(reconcile({ ...after, now, evaluationId: "seen" })).toEqual(seen.plan);
      const placements = placementsOf(plan).map(({ placement }) => ({ placement, noRoom: true as const }));
      applyPlan(after, { plan, placements, planHash: seen.hash, now });
      expect(seen.checkIndex).toBe(versionBefore(state)?.modifyIndex ?? 0);
    }
    expect(cases.length).toBeGreaterThan(RUNS.numRuns / 2);
  });

  it("every allocation has one fate, and the counts add up", () => {
    for (const { state, now, change, seen } of cases) {
      const { state: after } = transition(state, { ...change, now });
      const ids = seen.groups.flatMap(({ allocations }) => Object.values(allocations).flat());
      expect(ids.sort()).toEqual(after.allocations.map(({ id }) => id).sort());
      for (const { allocations: fates, placed, canaries, counts } of seen.groups) {
        const ignored = [fates.unchanged, fates.deferred, fates.held, fates.history];
        expect({
          ignore: ignored.flat().length,
          stop: fates.stopped.length,
          migrate: fates.moved.length,
          destructiveUpdate: fates.replaced.length,
          inPlaceUpdate: fates.updated.length,
          disconnect: fates.disconnected.length,
          reconnect: fates.reconnected.length,
          place: placed.length - fates.replaced.length,
          canary: canaries.length,
        }).toEqual({
          ignore: counts.ignore,
          stop: counts.stop,
          migrate: counts.migrate,
          destructiveUpdate: counts.destructiveUpdate,
          inPlaceUpdate: counts.inPlaceUpdate,
          disconnect: counts.disconnect,
          reconnect: counts.reconnect,
          place: counts.place,
          canary: counts.canary,
        });
      }
    }
  });

  it("the diff never says otherwise than the plan about what ran the version before", () => {
    const asked = { replaced: 0, updated: 0 };
    for (const { state, seen } of cases) {
      const before = versionBefore(state);
      if (before === undefined || !seen.isChange) continue;
      const groups = new Map<string, GroupDiff>(seen.diff.groups.map((group) => [group.name, group]));
      const ofBefore = new Set(
        state.allocations.flatMap(({ id, jobVersion, jobCreateIndex }) =>
          jobVersion === before.version && jobCreateIndex === before.createIndex ? [id] : [],
        ),
      );
      for (const action of seen.plan.actions) {
        if (!("allocationId" in action) || !ofBefore.has(action.allocationId)) continue;
        const { forces, because } = groups.get(action.group) ?? {};
        if ("change" in action.reason) {
          expect({ forces, because }).toEqual({ forces: "create_destroy", because: action.reason.change });
          asked.replaced++;
        } else if (action.kind === "update") {
          expect(forces).toBe("in_place");
          asked.updated++;
        }
      }
    }
    expect(asked.replaced).toBeGreaterThan(300);
    expect(asked.updated).toBeGreaterThan(300);
  });

  it("says `none` of what says the same, and a group is replaced for one of the differences that are shown", () => {
    for (const { state, now, change, seen } of cases) {
      const before = versionBefore(state);
      const after = currentJob(transition(state, { ...change, now }).state.versions);
      const { diff, isChange } = seen;
      if (before === undefined || after === undefined || diff.kind === "deleted") continue;
      expect(diff.kind === "none").toBe(
        sameSpecification({ ...before, ...withDefaults(before) }, { ...after, ...withDefaults(after) }),
      );
      if (!isChange)
        expect(new Set(diff.groups.flatMap(entriesOf).map(({ forces }) => forces))).toEqual(
          new Set(["none"]),
        );
      const ofJob = [...diff.fields, ...diff.blocks].flatMap(entriesOf);
      for (const group of diff.groups) {
        if (group.kind === "added" || group.kind === "deleted" || group.forces === "destroy") continue;
        const { forces: _, ...rest } = group;
        const shown = [...ofJob, ...entriesOf(rest)];
        const isMeta = shown.some(({ name }) => name === "meta");
        const isForced = shown.some(({ forces }) => forces === "create_destroy");
        if (group.forces === "create_destroy") expect(isForced || isMeta).toBe(true);
        else if (!isMeta) expect(isForced).toBe(false);
      }
    }
  });

  it("have equal hashes exactly where they do the same", () => {
    const seen = { equal: 0, different: 0 };
    const kinds = fc.tuple(fc.constantFrom(...KINDS), fc.constantFrom(...KINDS));
    const numbers = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(
        states(),
        kinds,
        numbers,
        fc.constantFrom(0, 5_000),
        ({ state, now }, [a, b], [m, n], later) => {
          const [one, other] = [someChange(state, a, m), someChange(state, b, n)];
          if (one === undefined || other === undefined) return;
          const first = previewed(state, one, now);
          const second = previewed(state, other, now + later);
          if (first === undefined || second === undefined) return;
          const isEqual = isDeepStrictEqual(done(first.plan), done(second.plan));
          seen[isEqual ? "equal" : "different"]++;
          expect(first.hash === second.hash).toBe(isEqual);
        },
      ),
      RUNS,
    );
    expect(Math.min(seen.equal, seen.different)).toBeGreaterThan(80);
  });
});
