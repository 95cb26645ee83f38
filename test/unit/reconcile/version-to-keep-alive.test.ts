import { describe, expect, it } from "vitest";
import { type Allocation, type Deployment, type Job, reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput } from "../a-job.js";
import { called, nodesOf } from "./said.js";

const update = { maxParallel: 1, canary: 1 };

function version(n: number, count = 3): Job {
  const tasks = [{ name: "main", config: { image: `image:${n}` } }];
  return aJob({ version: n, modifyIndex: 10 + n, groups: [aGroup({ count, update, tasks })] });
}

/** Version 3 has canaries to promote, or failed. */
function newest(more: Partial<Deployment> = {}): Deployment {
  return aDeployment({
    id: "deploy-3",
    jobVersion: 3,
    createIndex: 30,
    groups: { web: aDeploymentState({ desiredCanaries: 1, placedCanaries: ["x"] }) },
    ...more,
  });
}

function successful(n: number, more: Partial<Deployment> = {}): Deployment {
  return aDeployment({
    id: `deploy-${n}`,
    jobVersion: n,
    createIndex: 20 + n,
    status: "successful",
    groups: { web: aDeploymentState() },
    ...more,
  });
}

const canary = called("x", 0, {
  jobVersion: 3,
  deploymentId: "deploy-3",
  deploymentStatus: { canary: true },
});

function placedFor(
  deployments: readonly Deployment[],
  allocations: readonly Allocation[],
  versions?: readonly Job[],
) {
  const plan = reconcile(
    anInput({
      versions: versions ?? [0, 1, 2, 3].map((n) => version(n)),
      allocations,
      deployments,
      nodes: nodesOf("gone", "lost"),
    }),
  );
  return plan.actions.flatMap((action) =>
    action.kind === "place" ? [[action.version, action.jobVersion, action.deploymentId]] : [],
  );
}

describe("what replaces one that is lost while the new version is not proven (rule 12)", () => {
  const old = [called("b", 1, { jobVersion: 1 }), called("c", 2, { jobVersion: 1 })];

  function replacing(jobVersion: number, deployments: readonly Deployment[], more: Partial<Allocation> = {}) {
    const lost = called("lost", 0, { jobVersion, ...more });
    return placedFor(deployments, [canary, lost, ...old])[0];
  }

  it("is the newest proven version, and joins the deployment that proved it", () => {
    expect(replacing(1, [successful(0), successful(1), newest()])).toEqual(["kept_alive", 1, "deploy-1"]);
    expect(replacing(0, [successful(0), successful(1), newest()])).toEqual(["kept_alive", 1, "deploy-1"]);
  });

  it("is its own version where that is newer than the proven one, and joins nothing", () => {
    expect(replacing(2, [successful(1), newest()])).toEqual(["as_replaced", 2, undefined]);
  });

  it("is its own version where no deployment proved any", () => {
    expect(replacing(1, [newest()])).toEqual(["as_replaced", 1, undefined]);
    expect(replacing(1, [successful(1, { status: "failed" }), newest()])).toEqual([
      "as_replaced",
      1,
      undefined,
    ]);
    const elsewhere = successful(1, { groups: { api: aDeploymentState() } });
    expect(replacing(1, [elsewhere, newest()])).toEqual(["as_replaced", 1, undefined]);
    const earlier = successful(1, { jobCreateIndex: 4 });
    expect(replacing(1, [earlier, newest()])).toEqual(["as_replaced", 1, undefined]);
  });

  it("is the current version where that is its own, and joins what it had joined", () => {
    expect(replacing(3, [newest()])).toEqual(["as_replaced", 3, "deploy-3"]);
  });

  it("is the proven version also for what ran the one that failed", () => {
    const failed = newest({ status: "failed" });
    const lost = { deploymentId: "deploy-3" };
    expect(replacing(3, [successful(1), failed], lost)).toEqual(["kept_alive", 1, "deploy-1"]);
    expect(replacing(2, [successful(1), failed])).toEqual(["as_replaced", 2, undefined]);
    expect(replacing(3, [successful(1), newest()])).toEqual(["as_replaced", 3, "deploy-3"]);
  });

  it("is not a proven version that is not known any more, or that lacks the group", () => {
    const lost = called("lost", 0, { jobVersion: 1 });
    const deployments = [successful(1), successful(2), newest()];
    const known = [0, 1, 3].map((n) => version(n));
    expect(placedFor(deployments, [canary, lost, ...old], known)[0]).toEqual(["kept_alive", 1, "deploy-1"]);
    const lacking = [version(0), version(1), { ...version(2), groups: [] }, version(3)];
    expect(placedFor(deployments, [canary, lost, ...old], lacking)[0]).toEqual(["kept_alive", 1, "deploy-1"]);
  });
});

describe("what fills a place that is empty while the new version is not proven (D 13)", () => {
  it("is the newest proven version", () => {
    const allocations = [canary, called("b", 1, { jobVersion: 2 })];
    expect(placedFor([successful(0), successful(1), newest()], allocations)).toEqual([
      ["kept_alive", 1, "deploy-1"],
      ["kept_alive", 1, "deploy-1"],
    ]);
  });

  it("no more than that version wants", () => {
    const versions = [version(0), version(1, 2), version(2), version(3, 3)];
    const one = [canary, called("b", 1, { jobVersion: 1 })];
    expect(placedFor([successful(1), newest()], one, versions)).toHaveLength(1);
    const two = [...one, called("c", 2, { jobVersion: 1 })];
    expect(placedFor([successful(1), newest()], two, versions)).toEqual([]);
    const fewer = [version(0), version(1, 5), version(2), version(3, 2)];
    expect(placedFor([successful(1), newest()], one, fewer)).toHaveLength(1);
  });

  it("is the newest version that lives, where none is proven", () => {
    const running = [1, 2, 0].map((jobVersion, n) => called(`n${jobVersion}`, n, { jobVersion }));
    const of = (allocations: readonly Allocation[]) =>
      placedFor(
        [newest()],
        [canary, ...allocations],
        [0, 1, 2, 3].map((n) => version(n, 5)),
      );
    expect(of(running)).toEqual([
      ["newest_running", 2, undefined],
      ["newest_running", 2, undefined],
    ]);
    expect(of(running.toReversed())).toEqual(of(running));
    const ended = running.map((one) =>
      one.jobVersion === 2 ? { ...one, clientStatus: "complete" as const } : one,
    );
    expect(of(ended)[0]).toEqual(["newest_running", 1, undefined]);
    const tried = running.map((one) =>
      one.jobVersion === 2 ? { ...one, deploymentStatus: { canary: true } } : one,
    );
    expect(of(tried)[0]).toEqual(["newest_running", 1, undefined]);
  });

  it("is nothing where only the current version or another registration lives", () => {
    const current = called("b", 1, { jobVersion: 3, deploymentId: "deploy-3" });
    expect(placedFor([newest()], [canary, current])).toEqual([]);
    const earlier = { ...version(2), createIndex: 4, modifyIndex: 9 };
    const stranger = called("b", 1, { jobVersion: 2, jobCreateIndex: 4 });
    expect(placedFor([newest()], [canary, stranger], [earlier, version(3)])).toEqual([]);
  });
});
