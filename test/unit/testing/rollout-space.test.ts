import { describe, expect, it } from "vitest";
import { explore } from "../../../src/explore/index.js";
import { type Plan, type ReconcileInput, reconcile, transition } from "../../../src/index.js";
import { parseTrace, replayTrace } from "../../../src/simulate/index.js";
import { type RolloutOptions, rolloutSpace, rolloutTrace } from "../../../src/testing/rollout/space.js";

const canary = { canary: 1, autoRevert: true };

function explored(options: RolloutOptions) {
  // Far more than any of these has: what is broken need not be bounded.
  return explore(rolloutSpace(options), { most: 20_000 });
}

describe("everything that can happen to one job", () => {
  it.each<[string, RolloutOptions, number]>([
    ["two at once, no canaries, one fault", { count: 2, update: { maxParallel: 2 } }, 1_000],
    [
      "two, one canary, no fault, scaled to one and back",
      { count: 2, update: canary, faults: 0, counts: [1, 2] },
      200,
    ],
    ["two, promoted by itself", { count: 2, update: { ...canary, autoPromote: true }, faults: 0 }, 200],
  ])("%s: nothing is broken, and everything can reach rest", (_, options, atLeast) => {
    const { violations, isComplete, states } = explored(options);
    expect(violations).toEqual([]);
    expect(isComplete).toBe(true);
    expect(states).toBeGreaterThan(atLeast);
  });
});

/** What is undecided counts as healthy. */
function withoutHealthCheck(input: ReconcileInput): Plan {
  const allocations = input.allocations.map((one) =>
    one.deploymentStatus?.healthy === undefined && one.deploymentId !== undefined
      ? { ...one, deploymentStatus: { ...one.deploymentStatus, healthy: true } }
      : one,
  );
  // Only for the budget: who succeeds is decided by who is healthy.
  return { ...reconcile({ ...input, allocations }), deploymentUpdates: reconcile(input).deploymentUpdates };
}

/** Canaries are like any other allocation. */
function withCanariesCounted(input: ReconcileInput): Plan {
  const deployments = input.deployments.map((one) => ({
    ...one,
    groups: Object.fromEntries(
      Object.entries(one.groups).map(([name, group]) => [
        name,
        { ...group, placedCanaries: [], desiredCanaries: 0, promoted: true },
      ]),
    ),
  }));
  return reconcile({ ...input, deployments });
}

describe("a fault in what decides is found, with a trace that a person can read", () => {
  it("the health check is left out of the update budget", () => {
    const { violations } = explored({ count: 3, faults: 0, reconcile: withoutHealthCheck });
    expect(violations[0]?.message).toMatch(/^update budget: /);
    // Placed, a new version, the first is replaced: and the next would be, at once.
    expect(violations[0]?.trace.map(({ kind }) => kind)).toEqual(["plan", "submit", "plan"]);
  });

  it("and the trace is one that the simulator replays, to the same violation", () => {
    const options = { count: 3, faults: 0, reconcile: withoutHealthCheck };
    const [found] = explored(options).violations;
    const trace = parseTrace(JSON.parse(JSON.stringify(rolloutTrace(options, found?.trace ?? []))));
    const { refused, jobs } = replayTrace(trace);
    expect(refused).toEqual([]);
    const state = jobs[0]?.state;
    expect(state?.versions).toHaveLength(2);
    expect(state?.deployments.at(-1)?.status).toBe("running");
  });

  it("canaries count before their promotion", () => {
    const { violations } = explored({ count: 2, faults: 0, update: canary, reconcile: withCanariesCounted });
    expect(violations[0]?.message).toMatch(/canaries|freeze|floor|update budget|victims|owed/);
    expect(violations[0]?.trace.length).toBeLessThanOrEqual(8);
  });

  it("a promotion is taken back by the next plan", () => {
    const broken: typeof transition = (state, event) => {
      const done = transition(state, event);
      if (event.kind !== "apply_plan") return done;
      const deployments = done.state.deployments.map((one) => ({
        ...one,
        groups: Object.fromEntries(
          Object.entries(one.groups).map(([name, group]) => [name, { ...group, promoted: false }]),
        ),
      }));
      return { ...done, state: { ...done.state, deployments } };
    };
    const { violations } = explored({ count: 1, faults: 0, update: canary, transition: broken });
    expect(violations[0]?.message).toMatch(/^one-way: /);
    expect(violations[0]?.trace.at(-1)?.kind).toMatch(/^plan/);
  });
});
