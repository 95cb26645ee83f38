import { describe, expect, it } from "vitest";
import { type Explanation, explain } from "../../../src/explain/index.js";
import { isActive, isVerdigrisError, type JobState, nextTick, transition } from "../../../src/index.js";
import type { RolloutOptions } from "../../../src/testing/index.js";
import { mayChange, statesOf } from "./explored.js";

const SPACES: readonly (readonly [string, RolloutOptions])[] = [
  ["a canary, by hand", { count: 2, faults: 1, versions: 2, update: { canary: 1, maxParallel: 1 } }],
  [
    "a canary that rolls back",
    { count: 1, faults: 1, versions: 3, update: { canary: 1, maxParallel: 1, autoRevert: true } },
  ],
  [
    "a canary that promotes itself",
    { count: 2, faults: 1, versions: 2, update: { canary: 1, maxParallel: 1, autoPromote: true } },
  ],
  ["a rolling update", { count: 2, faults: 1, versions: 2, update: { maxParallel: 1 } }],
  ["two groups", { count: 1, groups: 2, faults: 1, versions: 2, update: { canary: 1, maxParallel: 1 } }],
];
const MOST = 1_500;

function isAccepted(state: JobState, event: Parameters<typeof transition>[1]): boolean {
  try {
    transition(state, event);
    return true;
  } catch (error) {
    if (isVerdigrisError(error)) return false;
    throw error;
  }
}

/** Something is not done yet, or can be. */
function isUnfinished({ deployments }: JobState): boolean {
  return deployments.some(isActive);
}

describe.each(SPACES)("every state of %s", (_, options) => {
  const states = [...statesOf(options, MOST)];
  const explained = states.map(({ job, now }): [JobState, number, Explanation] => [
    job,
    now,
    explain(job, now),
  ]);

  it("names who or what ends the wait, wherever a deployment is under way", () => {
    const without = explained.filter(
      ([job, , { waitingFor }]) => isUnfinished(job) && waitingFor === undefined,
    );
    expect(without.map(([job]) => job)).toEqual([]);
    expect(explained.length).toBeGreaterThan(100);
  });

  it("waits for time alone where time alone does something", () => {
    for (const [job, now, { waitingFor, besides }] of explained) {
      const ticks = [waitingFor, ...besides].some((wait) => wait?.kind === "tick");
      expect(ticks).toBe(nextTick(job, now) === now);
    }
  });

  it("has a verdict on the promotion that agrees with what a promotion does", () => {
    let asked = 0;
    for (const [job, now, { groups, deployment }] of explained) {
      for (const { group, promotion } of groups) {
        if (promotion === undefined || deployment === undefined) continue;
        asked++;
        const one = { kind: "promote", now, deploymentId: deployment.id, groups: [group] } as const;
        expect(isAccepted(job, one)).toBe(promotion.mayBePromoted);
        const all = { kind: "promote", now, deploymentId: deployment.id } as const;
        expect(isAccepted(job, all)).toBe(promotion.heldBackBy.length === 0);
      }
    }
    expect(asked > 0).toBe(options.update?.canary !== undefined);
  });

  it("is a dead end exactly where nothing that no operator does changes what becomes of it", () => {
    const counts = { dead: 0, alive: 0, open: 0 };
    // Each seventh: a search is made for each of them.
    for (let n = 0; n < states.length; n += 7) {
      const [state, found] = [states[n], explained[n]];
      const explanation = found?.[2];
      if (state === undefined || explanation?.deployment === undefined) continue;
      const changes = mayChange(options, state, 400);
      if (changes === undefined) {
        // Too much to try: then only what failed is known to stay so.
        counts.open++;
        expect(explanation.deadEnd).toBe(explanation.phase === "failed");
        continue;
      }
      counts[changes ? "alive" : "dead"]++;
      expect([explanation.deadEnd, explanation.phase]).toEqual([!changes, explanation.phase]);
    }
    expect(counts.alive).toBeGreaterThan(10);
    expect(counts.dead).toBeGreaterThan(0);
    expect(counts.open).toBeLessThan(counts.alive);
  });
});
