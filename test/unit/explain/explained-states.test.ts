import { describe, expect, it } from "vitest";
import { type Explanation, explain } from "../../../src/explain/index.js";
import {
  type DeploymentStatus,
  isActive,
  isVerdigrisError,
  type JobState,
  nextTick,
  placementsOf,
  reconcile,
  transition,
} from "../../../src/index.js";
import type { RolloutOptions } from "../../../src/testing/index.js";
import { searchOfChanges, statesOf } from "./explored.js";

const SPACES: readonly (readonly [string, RolloutOptions])[] = [
  ["a canary, by hand", { count: 2, faults: 0, versions: 2, update: { canary: 1, maxParallel: 1 } }],
  [
    "a canary that is all there is",
    { count: 1, faults: 1, versions: 2, update: { canary: 1, maxParallel: 1 } },
  ],
  [
    "a canary that rolls back",
    { count: 1, faults: 0, versions: 3, update: { canary: 1, maxParallel: 1, autoRevert: true } },
  ],
  [
    "a canary that promotes itself",
    { count: 1, faults: 1, versions: 2, update: { canary: 1, maxParallel: 1, autoPromote: true } },
  ],
  ["a rolling update", { count: 2, faults: 1, versions: 2, update: { maxParallel: 1 } }],
  ["two groups", { count: 1, groups: 2, faults: 0, versions: 2, update: { canary: 1, maxParallel: 1 } }],
];

function isAccepted(state: JobState, event: Parameters<typeof transition>[1]): boolean {
  try {
    transition(state, event);
    return true;
  } catch (error) {
    if (isVerdigrisError(error)) return false;
    throw error;
  }
}

/** A deployment is under way, or a plan has something to do. */
function isUnfinished(job: JobState, now: number): boolean {
  const { actions } = reconcile({ ...job, now, evaluationId: "asked" });
  return job.deployments.some(isActive) || actions.some(({ kind }) => kind !== "ignore");
}

/** What time alone makes of it by then. */
function tickedTo(job: JobState, from: number, to: number): JobState {
  const next = nextTick(job, from);
  if (next === undefined || next > to) return job;
  return tickedTo(transition(job, { kind: "tick", now: next }).state, next, to);
}

/** What plans, each with room, and time make of it by then. */
function alone(job: JobState, from: number, to: number): JobState {
  let [state, now, n] = [job, from, 0];
  for (;;) {
    const evaluationId = `alone-${n++}`;
    const plan = reconcile({ ...state, now, evaluationId });
    const placements = placementsOf(plan).map(({ placement }, at) => ({
      placement,
      allocationId: `${evaluationId}-${at}`,
      nodeId: "some-node",
    }));
    const done = transition(state, { kind: "apply_plan", now, plan, placements });
    state = done.state;
    if (done.changed) continue;
    const next = nextTick(state, now);
    if (next === undefined || next > to) return state;
    now = next;
    state = transition(state, { kind: "tick", now }).state;
  }
}

function isActiveStatus(status: DeploymentStatus): boolean {
  return status !== "successful" && status !== "failed" && status !== "cancelled";
}

describe.each(SPACES)("every state of %s", (_, options) => {
  const states = statesOf(options);
  const explained = states.map(({ job, now }): [JobState, number, Explanation] => [
    job,
    now,
    explain(job, now),
  ]);

  it("names who or what ends the wait, wherever something is not done", () => {
    const without = explained.filter(
      ([job, now, { waitingFor }]) => waitingFor === undefined && isUnfinished(job, now),
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

  it("knows what time alone decides first of those whose health is awaited", () => {
    for (const [job, now, { waitingFor, besides }] of explained) {
      for (const wait of [waitingFor, ...besides]) {
        if (wait?.decides === undefined || nextTick(job, now) === now) continue;
        const { at, allocationId, healthy } = wait.decides;
        if (wait.until !== undefined && wait.until < at) continue;
        const after = tickedTo(job, now, at).allocations.find(({ id }) => id === allocationId);
        expect(after?.deploymentStatus?.healthy).toBe(healthy);
      }
    }
  });

  it("knows what becomes of the deployment if it is left alone", () => {
    let asked = 0;
    for (const [job, now, { leftAlone, deployment }] of explained) {
      if (deployment === undefined || job.waitsForRoom === true) continue;
      const end = leftAlone ?? { at: now + 60 * 60_000, status: undefined };
      const after = alone(job, now, end.at).deployments.find(({ id }) => id === deployment.id);
      const isOver = after !== undefined && !isActive(after);
      if (isActiveStatus(deployment.status)) asked++;
      else continue;
      expect(isOver ? after.status : undefined).toBe(end.status);
    }
    expect(asked).toBeGreaterThan(20);
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
    const counts = { dead: 0, alive: 0 };
    const mayChange = searchOfChanges(options);
    for (const [n, state] of states.entries()) {
      const explanation = explained[n]?.[2];
      if (explanation?.deployment === undefined) continue;
      const changes = mayChange(state);
      counts[changes ? "alive" : "dead"]++;
      if (explanation.deadEnd === changes)
        expect([n, explanation.phase, explanation.deadEnd]).toEqual([n, explanation.phase, !changes]);
    }
    expect(counts.alive).toBeGreaterThan(10);
    expect(counts.dead).toBeGreaterThan(10);
  });
});
