import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explore } from "../../../src/explore/index.js";
import {
  type DeploymentStatus,
  isTerminal,
  type JobEventKind,
  type Plan,
  type ReconcileInput,
  reconcile,
  transition,
} from "../../../src/index.js";
import type { Deciders } from "../../../src/properties/index.js";
import {
  makeTestingKit,
  PropertyViolated,
  type RolloutOptions,
  rolloutSpace,
} from "../../../src/testing/index.js";

const { assertLifecycle } = makeTestingKit(fc);

describe("the library in lockstep with the small model", () => {
  // In generated lives, too: it is one of the properties that they are judged by.
  it.each<[string, RolloutOptions]>([
    [
      "three, one canary, rolled back by themselves",
      { count: 3, update: { canary: 1, autoRevert: true }, faults: 0 },
    ],
    ["two, one fault, one canary", { count: 2, update: { canary: 1 } }],
    ["three, two at once, one fault", { count: 3, update: { maxParallel: 2 } }],
    ["two groups of one, one canary each", { count: 1, groups: 2, update: { canary: 1 }, faults: 0 }],
    ["two, scaled to one and three", { count: 2, counts: [1, 3], faults: 0 }],
  ])("in every interleaving: %s", (_, options) => {
    const { violations, isComplete } = explore(rolloutSpace({ ...options, lockstep: true }));
    expect(violations).toEqual([]);
    expect(isComplete).toBe(true);
  });
});

/** The reconciler with a fault in what it is given. */
function given(change: (input: ReconcileInput) => ReconcileInput): Deciders {
  return { reconcile: (input) => reconcile(change(input)), transition };
}

function withGroups(
  { deployments, ...input }: ReconcileInput,
  change: (group: ReconcileInput["deployments"][number]["groups"][string]) => object,
): ReconcileInput {
  const changed = deployments.map((one) => ({
    ...one,
    groups: Object.fromEntries(
      Object.entries(one.groups).map(([name, group]) => [name, { ...group, ...change(group) }]),
    ),
  }));
  return { ...input, deployments: changed };
}

/** The lifecycle, but that kind of event turns what bears the one status into the other. */
function turning(kind: JobEventKind, was: DeploymentStatus, status: DeploymentStatus): Deciders {
  return {
    reconcile,
    transition: (state, event) => {
      const done = transition(state, event);
      if (event.kind !== kind) return done;
      const deployments = done.state.deployments.map((one) =>
        one.status === was ? { ...one, status } : one,
      );
      return { ...done, state: { ...done.state, deployments } };
    },
  };
}

function withStops(plan: Plan): Plan {
  const kept = plan.actions.find(
    ({ kind, reason }) => kind === "ignore" && reason.code === "held_for_promotion",
  );
  if (kept === undefined || !("allocationId" in kept)) return plan;
  const { group, allocationId } = kept;
  const stop = { kind: "stop", group, allocationId, reason: { code: "job_stopped" } } as const;
  return { ...plan, actions: plan.actions.map((action) => (action === kept ? stop : action)) };
}

const FAULTS: { readonly [what: string]: { readonly decide: Deciders; readonly says: RegExp } } = {
  "what is undecided counts as healthy": {
    decide: given((input) => ({
      ...input,
      allocations: input.allocations.map((one) =>
        one.deploymentId === undefined || one.deploymentStatus?.healthy !== undefined
          ? one
          : { ...one, deploymentStatus: { ...one.deploymentStatus, healthy: true } },
      ),
    })),
    says: /replaced|not proven/,
  },
  "canaries are forgotten, and placed again": {
    decide: given((input) => withGroups(input, () => ({ placedCanaries: [] }))),
    says: /canaries|unproven|replaced|more than|surplus/,
  },
  "nothing waits for a promotion": {
    decide: given((input) => withGroups(input, () => ({ promoted: true }))),
    says: /replaced|unproven|surplus|not proven/,
  },
  "a stable one is stopped beside the canaries": {
    decide: { reconcile: (input) => withStops(reconcile(input)), transition },
    says: /replaced|stopped/,
  },
  "a pause is overlooked": {
    decide: given((input) => ({
      ...input,
      deployments: input.deployments.map((one) =>
        one.status === "paused" ? { ...one, status: "running" } : one,
      ),
    })),
    says: /replaced|canary/,
  },
  "a promotion is taken back by a plan": {
    decide: {
      reconcile,
      transition: (state, event) => {
        const done = transition(state, event);
        if (event.kind !== "apply_plan") return done;
        return {
          ...done,
          state: {
            ...done.state,
            ...withGroups({ ...done.state, now: 0, evaluationId: "" }, () => ({ promoted: false })),
          },
        };
      },
    },
    says: /taken back/,
  },
  "a failed deployment runs on": {
    decide: turning("apply_plan", "failed", "running"),
    says: /a deployment, failed, becomes active/,
  },
  "success is declared at once": {
    decide: {
      reconcile: (input) => {
        const plan = reconcile(input);
        const running = input.deployments.find(
          ({ id, status }) => id === plan.madeFrom.deploymentId && status === "running",
        );
        if (running === undefined || plan.deploymentUpdates.length > 0) return plan;
        const success = {
          deploymentId: running.id,
          status: "successful",
          description: "successful",
        } as const;
        return { ...plan, deploymentUpdates: [success] };
      },
      transition,
    },
    says: /success that is not proven/,
  },
  "nothing is placed for what is stopped": {
    decide: {
      reconcile: (input) => {
        const plan = reconcile(input);
        const actions = plan.actions.map((action) =>
          action.kind === "replace"
            ? ({
                kind: "stop",
                group: action.group,
                allocationId: action.allocationId,
                reason: { code: "job_stopped" },
              } as const)
            : action,
        );
        return { ...plan, actions };
      },
      transition,
    },
    says: /stopped|replaced|places filled/,
  },
  "nothing is ever placed": {
    decide: {
      reconcile: (input) => {
        const plan = reconcile(input);
        const actions = plan.actions.filter(({ kind }) => kind !== "place");
        const groups = Object.fromEntries(
          Object.entries(plan.groups).map(([name, counts]) => [
            name,
            { ...counts, place: 0, rescheduleNow: 0 },
          ]),
        );
        return { ...plan, actions, groups };
      },
      transition,
    },
    says: /places filled/,
  },
  "a pause fails the deployment": {
    decide: turning("pause", "paused", "failed"),
    says: /a deployment, active, becomes failed/,
  },
  "a crash is taken for an order to stop": {
    decide: {
      reconcile,
      transition: (state, event) => {
        const done = transition(state, event);
        if (event.kind !== "report_health") return done;
        const [first] = done.state.allocations.filter((one) => !isTerminal(one));
        const allocations = done.state.allocations.map((one) =>
          one === first ? { ...one, desiredStatus: "stop" as const } : one,
        );
        return { ...done, state: { ...done.state, allocations } };
      },
    },
    says: /without a plan/,
  },
};

describe("the small model forbids", () => {
  it.each(Object.entries(FAULTS))("%s", (_, { decide, says }) => {
    try {
      assertLifecycle(decide, { lives: 1_000, properties: ["small model"], shrinks: 50 });
    } catch (error) {
      if (!(error instanceof PropertyViolated)) throw error;
      expect(error.violations[0]?.message).toMatch(says);
      return;
    }
    expect.unreachable("the small model allows it");
  });
});
