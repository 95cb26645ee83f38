import { describe, expect, it } from "vitest";
import { reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput } from "../a-job.js";
import { called, nodesOf, twoVersions } from "./said.js";

const reschedule = { delay: 60_000, delayFunction: "constant", unlimited: true } as const;

describe("what is decided is said whole, and nothing else", () => {
  it("of an update in place: the version, the deployment, the follow-up", () => {
    const groups = [aGroup({ count: 2, update: { maxParallel: 1 }, reschedule })];
    const versions = [
      aJob({ groups }),
      aJob({ version: 1, modifyIndex: 11, groups: [{ ...aGroup(), ...groups[0], shutdownDelay: 1 }] }),
    ];
    const allocations = [called("a", 0), called("b", 1)];
    const deployments = [
      aDeployment({ jobVersion: 1, groups: { web: aDeploymentState({ desiredTotal: 2 }) } }),
    ];
    const plan = reconcile(anInput({ versions, allocations, deployments }));
    expect(plan.actions[0]).toStrictEqual({
      kind: "update",
      group: "web",
      allocationId: "a",
      reason: { code: "in_place_update" },
      jobVersion: 1,
      jobCreateIndex: 5,
      deploymentId: "deploy-0",
    });
    const disconnect = { lostAfter: 60_000, replace: false };
    const away = versions.map((job) => ({
      ...job,
      groups: job.groups.map((group) => ({ ...group, disconnect })),
    }));
    const gone = reconcile(
      anInput({ versions: away, allocations, deployments, nodes: nodesOf("disconnected", "a") }),
    );
    expect(gone.actions[0]).toMatchObject({
      kind: "update",
      disconnect: true,
      followUpEvaluationId: "eval-1/web/0",
    });
  });

  it("of a replacement: why, and that it runs the current version", () => {
    const plan = reconcile(anInput({ versions: twoVersions() }));
    expect(plan.actions[0]).toStrictEqual({
      kind: "replace",
      group: "web",
      allocationId: "allocation-0",
      reason: {
        code: "destructive_update",
        change: { path: "tasks.main.config.image", from: "image:0", to: "image:1" },
        budget: 3,
        ordinal: 1,
      },
      placement: "web/0",
      name: "shop.web[0]",
      jobVersion: 1,
      jobCreateIndex: 5,
      version: "current",
      previousAllocation: "allocation-0",
    });
    const refused = reconcile(
      anInput({
        versions: [aJob(), aJob({ version: 1, modifyIndex: 11, groups: [aGroup({ shutdownDelay: 1 })] })],
        policy: { canUpdateInPlace: () => false },
      }),
    );
    expect(refused.actions[0]?.reason).toMatchObject({
      change: { path: "canUpdateInPlace", from: true, to: false },
    });
  });

  it("of a plan that changes nothing: no deployment, no time, no index", () => {
    expect(reconcile(anInput())).toStrictEqual({
      madeFrom: { evaluationId: "eval-1", jobVersion: 0, jobCreateIndex: 5 },
      actions: [0, 1, 2].map((n) => ({
        kind: "ignore",
        group: "web",
        allocationId: `allocation-${n}`,
        reason: { code: "unchanged" },
      })),
      groups: { web: expect.objectContaining({ ignore: 3, place: 0 }) },
      deploymentUpdates: [],
      followUps: [],
      waiting: [],
    });
    expect(reconcile(anInput({ versions: [], allocations: [] }))).toMatchObject({
      madeFrom: { evaluationId: "eval-1" },
    });
  });

  it("of a deployment: the namespace where there is one, and the whole of one that becomes pending", () => {
    const update = { maxParallel: 1 };
    const groups = [aGroup({ update }), aGroup({ name: "api", count: 0 })];
    const named = { versions: [aJob({ namespace: "prod", groups })], allocations: [] };
    expect(reconcile(anInput(named)).deployment).toMatchObject({ kind: "created", namespace: "prod" });
    const plain = reconcile(anInput({ ...named, versions: [aJob({ groups })] })).deployment;
    expect(plain).toMatchObject({ kind: "created", jobId: "shop" });
    expect(plain).not.toHaveProperty("namespace");
    const deployments = [aDeployment({ namespace: "prod", status: "initializing" })];
    const pending = reconcile(anInput({ ...named, deployments }));
    expect(pending.deployment).toMatchObject({ kind: "changed", namespace: "prod", status: "initializing" });
    expect(pending.deploymentUpdates).toEqual([
      { deploymentId: "deploy-0", status: "pending", description: "pending_for_peer" },
    ]);
    const unnamed = reconcile(
      anInput({ versions: [aJob({ groups })], deployments: [aDeployment({ status: "initializing" })] }),
    );
    expect(unnamed.deployment).not.toHaveProperty("namespace");
  });
});
