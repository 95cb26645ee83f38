import { describe, expect, it } from "vitest";
import {
  type Deployment,
  type DeploymentState,
  type ReconcileInput,
  reconcile,
  type UpdateStrategy,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, anInput } from "../a-job.js";
import { called, twoVersions } from "./said.js";

const change = { path: "tasks.main.config.image", from: "image:0", to: "image:1" };

/** One of version 1 and two of version 0, in the deployment of version 1. */
function planOf(
  state: Partial<DeploymentState> = {},
  more: Partial<Deployment> = {},
  { update = { maxParallel: 2 }, ...input }: Partial<ReconcileInput> & { update?: UpdateStrategy } = {},
) {
  const newer = { jobVersion: 1, deploymentId: "deploy-0", deploymentStatus: { healthy: true } };
  return reconcile(
    anInput({
      versions: twoVersions({ update }),
      allocations: [called("a", 0, newer), called("b", 1), called("c", 2)],
      deployments: [aDeployment({ jobVersion: 1, groups: { web: aDeploymentState(state) }, ...more })],
      ...input,
    }),
  );
}

function reasons(...given: Parameters<typeof planOf>) {
  return planOf(...given).actions.map(({ reason }) => reason);
}

describe("why one that must be replaced stays for now (rule 13)", () => {
  it("the deployment failed", () => {
    expect(reasons({}, { status: "failed" }).slice(1)).toEqual([
      { code: "held_after_failure", change },
      { code: "held_after_failure", change },
    ]);
  });

  it.each(["paused", "pending", "initializing"] as const)("the deployment is %s", (status) => {
    expect(reasons({}, { status }).slice(1)).toEqual([
      { code: "held_while_paused", change },
      { code: "held_while_paused", change },
    ]);
  });

  it.each(["running", "paused"] as const)(
    "canaries wait for promotion, the deployment being %s",
    (status) => {
      const update = { maxParallel: 2, canary: 2 };
      const state = { desiredCanaries: 2, placedCanaries: ["a"] };
      expect(reasons(state, { status }, { update }).slice(1, 3)).toEqual([
        { code: "held_for_promotion", change, canaries: 1, desiredCanaries: 2 },
        { code: "held_for_promotion", change, canaries: 1, desiredCanaries: 2 },
      ]);
    },
  );

  it("the budget is spent, and on what", () => {
    const spent = { code: "budget_spent", change, undecided: 0, unhealthy: 0, placedFirst: 0 };
    expect(reasons({}, {}, { update: { maxParallel: 1 } }).at(2)).toEqual({ ...spent, maxParallel: 1 });
    // Without a number, one at a time.
    expect(reasons({}, {}, { update: {} }).at(2)).toEqual({ ...spent, maxParallel: 1 });
    const newer = { jobVersion: 1, deploymentId: "deploy-0" };
    const undecided = [called("a", 0, newer), called("b", 1), called("c", 2)];
    expect(reasons({}, {}, { allocations: undecided }).at(2)).toEqual({
      ...spent,
      maxParallel: 2,
      undecided: 1,
    });
    const unhealthy = [called("a", 0, { ...newer, deploymentStatus: { healthy: false } }), called("b", 1)];
    expect(reasons({}, {}, { allocations: unhealthy }).at(1)).toEqual({
      ...spent,
      maxParallel: 2,
      unhealthy: 1,
      placedFirst: 1,
    });
  });

  it("one that is unhealthy holds back all, two that are undecided hold back two, and never less than none", () => {
    const newer = { jobVersion: 1, deploymentId: "deploy-0" };
    const kinds = (...healthy: (boolean | undefined)[]): string[] => {
      const ours = healthy.map((health, n) =>
        called(`a${n}`, n, { ...newer, deploymentStatus: health === undefined ? {} : { healthy: health } }),
      );
      const old = [called("x", 7), called("y", 8), called("z", 9)];
      const versions = twoVersions({ count: ours.length + 3, update: { maxParallel: 3 } });
      return planOf({}, {}, { versions, allocations: [...ours, ...old] })
        .actions.slice(ours.length)
        .map(({ kind }) => kind);
    };
    expect(kinds(true)).toEqual(["replace", "replace", "replace"]);
    expect(kinds(true, undefined)).toEqual(["replace", "replace", "ignore"]);
    expect(kinds(undefined, undefined, undefined, undefined)).toEqual(["ignore", "ignore", "ignore"]);
    expect(kinds(true, false)).toEqual(["ignore", "ignore", "ignore"]);
  });

  it("what is placed is taken off the budget, and a slot is waited for", () => {
    const plan = planOf({}, {}, { allocations: [called("b", 1), called("c", 2)] });
    expect(plan.actions.map(({ kind }) => kind)).toEqual(["replace", "ignore", "place"]);
    expect(plan.actions[0]?.reason).toMatchObject({ budget: 1, ordinal: 1 });
    expect(plan.waiting).toContainEqual({ for: "free_slot", group: "web", left: 1 });
  });

  it("no more is taken off than there is", () => {
    const versions = twoVersions({ count: 5, update: { maxParallel: 1 } });
    const plan = planOf({}, {}, { versions, allocations: [called("b", 1), called("c", 2)] });
    expect(plan.actions.map(({ kind }) => kind)).toEqual(["ignore", "ignore", "place", "place", "place"]);
    expect(plan.actions[0]?.reason).toMatchObject({ code: "budget_spent", placedFirst: 3 });
  });

  it("allocations that share a change share its reason", () => {
    const [, first, second] = reasons({}, { status: "failed" });
    expect(first).toBe(second);
  });
});
