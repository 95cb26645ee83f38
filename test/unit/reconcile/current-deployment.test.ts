import { describe, expect, it } from "vitest";
import { type Deployment, type DeploymentStatus, type Job, reconcile } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anInput } from "../a-job.js";

function planOf(deployments: readonly Deployment[], job: Partial<Job> = {}) {
  const versions = [aJob({ groups: [aGroup({ update: { maxParallel: 1 } })], ...job })];
  return reconcile(anInput({ versions, deployments }));
}

function currentOf(...given: Parameters<typeof planOf>): string | undefined {
  return planOf(...given).madeFrom.deploymentId;
}

describe("the current deployment (rule 1)", () => {
  it("is the one with the highest createIndex, then id, in whatever order they come", () => {
    const older = aDeployment({ id: "z", createIndex: 11, status: "failed" });
    const newer = aDeployment({ id: "b", createIndex: 12 });
    const twin = aDeployment({ id: "c", createIndex: 12 });
    expect(currentOf([older, newer])).toBe("b");
    expect(currentOf([newer, older])).toBe("b");
    expect(currentOf([older, newer, twin])).toBe("c");
    expect(currentOf([twin, newer, older])).toBe("c");
  });

  it.each<[DeploymentStatus, Partial<Job>, boolean]>([
    ["running", {}, true],
    ["paused", {}, true],
    ["pending", {}, true],
    ["failed", {}, true],
    ["failed", { stable: false }, true],
    ["failed", { stable: true }, false],
    ["running", { stable: true }, true],
    ["successful", {}, false],
  ])("may be %s; of a version that is %j", (status, job, isCurrent) => {
    expect(currentOf([aDeployment({ status })], job)).toBe(isCurrent ? "deploy-0" : undefined);
  });

  it("is none of a version that is over, and that one is cancelled while it is active", () => {
    for (const other of [{ jobVersion: 1 }, { jobCreateIndex: 4 }]) {
      const plan = planOf([aDeployment(other)]);
      expect(plan.madeFrom.deploymentId).toBeUndefined();
      expect(plan.deploymentUpdates).toEqual([
        { deploymentId: "deploy-0", status: "cancelled", description: "newer_version" },
      ]);
      expect(planOf([aDeployment({ ...other, status: "failed" })]).deploymentUpdates).toEqual([]);
    }
  });

  it("is none of a job that is stopped, and that one is cancelled while it is active", () => {
    const plan = planOf([aDeployment()], { stop: true });
    expect(plan.madeFrom.deploymentId).toBeUndefined();
    expect(plan.deploymentUpdates).toEqual([
      { deploymentId: "deploy-0", status: "cancelled", description: "job_stopped" },
    ]);
  });

  it("is none where there is no job any more", () => {
    const plan = reconcile(anInput({ versions: [], allocations: [], deployments: [aDeployment()] }));
    expect(plan.madeFrom.deploymentId).toBeUndefined();
  });
});
