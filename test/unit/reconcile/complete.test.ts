import { describe, expect, it } from "vitest";
import { type Allocation, type DeploymentState, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, anInput } from "../a-job.js";

const healthy: Partial<Allocation> = { deploymentId: "deploy-0", deploymentStatus: { healthy: true } };

function inputWith(
  allocations: readonly Partial<Allocation>[],
  state: Partial<DeploymentState> = {},
  more: Partial<ReconcileInput> = {},
): ReconcileInput {
  return anInput({
    versions: [aJob({ groups: [aGroup({ update: { maxParallel: 1, canary: 0 } })] })],
    allocations: allocations.map((one, n) => anAllocation(n, { ...healthy, ...one })),
    deployments: [aDeployment({ groups: { web: aDeploymentState(state) } })],
    ...more,
  });
}

function succeeds(...given: Parameters<typeof inputWith>): boolean {
  const plan = reconcile(inputWith(...given));
  return plan.deploymentUpdates.some(({ status }) => status === "successful");
}

describe("a deployment succeeds (rule 15)", () => {
  it("when as many as it wants live and are healthy", () => {
    expect(succeeds([{}, {}, {}])).toBe(true);
    expect(succeeds([{}, {}, { deploymentStatus: { healthy: false } }])).toBe(false);
    expect(succeeds([{}, {}, { deploymentStatus: {} }])).toBe(false);
    expect(succeeds([{}, {}, { clientStatus: "pending" }])).toBe(true);
  });

  it("not by those of another deployment", () => {
    expect(succeeds([{}, {}, { deploymentId: "deploy-9" }])).toBe(false);
  });

  it("also while a healthy one is away", () => {
    const disconnect = { lostAfter: 60_000 };
    const versions = [aJob({ groups: [aGroup({ disconnect, update: { maxParallel: 1 } })] })];
    const away: Partial<Allocation> = {
      clientStatus: "unknown",
      clientStatusHistory: [{ status: "unknown", at: anInput().now }],
      followUpEvaluationId: "eval-0",
    };
    const nodes = [{ id: "node-2", status: "disconnected" }] as const;
    expect(succeeds([{}, {}, away], {}, { versions, nodes })).toBe(true);
  });

  it("without those that failed for good before it (D 39)", () => {
    const failedBefore: Partial<Allocation> = { clientStatus: "failed", deploymentId: "deploy-9" };
    expect(succeeds([{}, {}, failedBefore])).toBe(true);
    expect(succeeds([{}, {}, { clientStatus: "failed" }])).toBe(false);
    expect(succeeds([{}, {}, failedBefore], { desiredTotal: 4 })).toBe(false);
  });

  it("not while what makes it whole is stopped by this very plan", () => {
    const migrating: Partial<Allocation> = { desiredTransition: { migrate: true } };
    expect(succeeds([{}, {}, migrating])).toBe(false);
    expect(succeeds([{}, {}, {}, {}], { desiredTotal: 4 })).toBe(false);
    expect(succeeds([{}, {}, {}, {}], { desiredTotal: 3 })).toBe(true);
  });

  it("not before its canaries are promoted", () => {
    expect(succeeds([{}, {}, {}], { desiredCanaries: 1 })).toBe(false);
    expect(succeeds([{}, {}, {}], { desiredCanaries: 1, promoted: true })).toBe(true);
  });

  it("not while something is missing", () => {
    expect(succeeds([{}, {}], { desiredTotal: 2 })).toBe(false);
    const paused = aDeployment({ status: "paused", groups: { web: aDeploymentState({ desiredTotal: 2 }) } });
    expect(succeeds([{}, {}], {}, { deployments: [paused] })).toBe(false);
  });

  it("also where it has no state for the group", () => {
    const deployments = [aDeployment({ groups: {} })];
    expect(succeeds([{}, {}, {}], {}, { deployments })).toBe(true);
  });
});

describe("a deployment is made (rule 15)", () => {
  const versions = [aJob({ version: 1, groups: [aGroup({ update: { maxParallel: 1 } })] })];

  function isMade(...allocations: Allocation[]): boolean {
    return reconcile(anInput({ versions, allocations })).deployment !== undefined;
  }

  it("for a first version", () => {
    expect(isMade()).toBe(true);
  });

  it("not when something of this version runs already, and nothing changes", () => {
    expect(isMade(anAllocation(0, { jobVersion: 1 }))).toBe(false);
    expect(isMade(anAllocation(0, { jobVersion: 1, clientStatus: "failed" }))).toBe(false);
  });

  it("when what ran of this version is history", () => {
    expect(isMade(anAllocation(0, { jobVersion: 1, desiredStatus: "stop", clientStatus: "complete" }))).toBe(
      true,
    );
  });

  it("when what ran is of the same number, but of an earlier registration", () => {
    const earlier = aJob({ version: 1, createIndex: 2, modifyIndex: 10 });
    const allocations = [anAllocation(0, { jobVersion: 1, jobCreateIndex: 2 })];
    const plan = reconcile(anInput({ versions: [earlier, ...versions], allocations }));
    expect(plan.deployment).toMatchObject({ kind: "created", jobVersion: 1, jobCreateIndex: 5 });
  });
});
