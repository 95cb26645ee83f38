import { describe, expect, it } from "vitest";
import { type Deployment, type ReconcileInput, reconcile, type Waiting } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { away, called, nodesOf, twoVersions } from "./said.js";

const healthy = { healthy: true };

function waitingFor(more: Partial<ReconcileInput>): readonly Waiting[] {
  return reconcile(anInput(more)).waiting;
}

describe("a rollout waits (rule 16)", () => {
  it("for nothing, where nothing is to happen", () => {
    expect(waitingFor({})).toEqual([]);
    expect(waitingFor({ deployments: [aDeployment({ status: "successful" })] })).toEqual([]);
  });

  it("for nothing in a group that is gone, or of a job that is stopped", () => {
    const deployments = [aDeployment()];
    const failed = called("a", 0, { clientStatus: "failed" });
    expect(waitingFor({ versions: [aJob({ stop: true })], deployments, allocations: [failed] })).toEqual([]);
    const nodes = nodesOf("disconnected", "b");
    const gone = called("b", 0, { ...away(NOW - 1_000), name: "shop.db[0]", group: "db" });
    const versions = [
      aJob({ groups: [aGroup({ name: "db", disconnect: { lostAfter: 60_000 } })] }),
      aJob({ version: 1, modifyIndex: 11, groups: [] }),
    ];
    expect(waitingFor({ versions, allocations: [gone], nodes })).toEqual([]);
  });

  it("for promotion: how many canaries are healthy, and who promotes", () => {
    const ours = { jobVersion: 1, deploymentId: "deploy-0" };
    const ids = ["w", "x", "y", "z"];
    const state = aDeploymentState({ desiredCanaries: 4, placedCanaries: ids, autoPromote: true });
    const more = {
      versions: twoVersions({ update: { maxParallel: 1, canary: 4, autoPromote: true } }),
      allocations: [
        called("a", 0, { deploymentStatus: healthy }),
        called("b", 1, { deploymentStatus: healthy }),
        called("c", 2, { deploymentStatus: healthy }),
        called("w", 0, { ...ours, deploymentStatus: healthy }),
        called("x", 1, { ...ours, deploymentStatus: healthy, clientStatus: "failed" }),
        called("y", 2, { ...ours, deploymentStatus: { healthy: false } }),
        called("z", 3, ours),
      ],
    };
    const promotion = { for: "promotion", group: "web", healthyCanaries: 1, desiredCanaries: 4 } as const;
    const running = aDeployment({ jobVersion: 1, groups: { web: state } });
    expect(waitingFor({ ...more, deployments: [running] })).toEqual([
      { ...promotion, automatic: true },
      { for: "health", group: "web", allocations: ["z"] },
    ]);
    const byHand = aDeployment({ jobVersion: 1, groups: { web: { ...state, autoPromote: false } } });
    expect(waitingFor({ ...more, deployments: [byHand] })).toContainEqual({ ...promotion, automatic: false });
    const failed = aDeployment({ jobVersion: 1, status: "failed", groups: { web: state } });
    expect(waitingFor({ ...more, deployments: [failed] }).map((one) => one.for)).toEqual(["new_version"]);
    const promoted = aDeployment({ jobVersion: 1, groups: { web: { ...state, promoted: true } } });
    expect(waitingFor({ ...more, deployments: [promoted] }).map((one) => one.for)).not.toContain("promotion");
  });

  it("for the health of those that it placed, where that is not decided", () => {
    const deployments = [aDeployment()];
    const ours = { deploymentId: "deploy-0" };
    const allocations = [
      called("a", 0, ours),
      called("b", 1, { ...ours, deploymentStatus: healthy }),
      called("c", 2, { deploymentId: "deploy-9" }),
      called("d", 3, { ...ours, deploymentStatus: { healthy: false } }),
      called("e", 4, { ...ours, deploymentStatus: { canary: false } }),
      called("f", 5, { ...ours, desiredStatus: "stop", clientStatus: "complete" }),
    ];
    const versions = [aJob({ groups: [aGroup({ count: 5, update: {} })] })];
    expect(waitingFor({ versions, allocations, deployments })).toEqual([
      { for: "health", group: "web", allocations: ["a", "e"] },
    ]);
    const over: Deployment[] = [aDeployment({ status: "failed" })];
    expect(waitingFor({ versions, allocations, deployments: over }).map((one) => one.for)).toEqual([
      "new_version",
    ]);
  });

  it("for a free slot: how many are left", () => {
    const versions = twoVersions({ update: { maxParallel: 1 } });
    expect(waitingFor({ versions })).toEqual([{ for: "free_slot", group: "web", left: 2 }]);
    expect(waitingFor({ versions: twoVersions({ update: { maxParallel: 3 } }) })).toEqual([]);
  });

  it("for people: a pause to end, a new version to come", () => {
    const of = (status: Deployment["status"]) => ({
      versions: twoVersions({ update: { maxParallel: 1 } }),
      deployments: [aDeployment({ jobVersion: 1, status })],
    });
    const resume = [{ for: "resume", group: "web", deploymentId: "deploy-0" }];
    expect(waitingFor(of("paused"))).toEqual(resume);
    expect(waitingFor(of("initializing"))).toEqual(resume);
    expect(waitingFor(of("failed"))).toEqual([
      { for: "new_version", group: "web", deploymentId: "deploy-0" },
    ]);
    expect(waitingFor(of("running"))).toEqual([{ for: "free_slot", group: "web", left: 2 }]);
  });

  it("for the time of a rescheduling: the earliest, and everybody's", () => {
    const reschedule = { delay: 60_000, delayFunction: "constant", unlimited: true } as const;
    const failed = (seconds: number, more: object = {}) =>
      ({ clientStatus: "failed", modifiedAt: NOW - seconds * 1_000, ...more }) as const;
    const more = {
      versions: [aJob({ groups: [aGroup({ count: 4, reschedule })] })],
      allocations: [
        called("a", 0, failed(10)),
        called("b", 1, failed(20)),
        called("c", 2, failed(15)),
        called("d", 3),
      ],
    };
    expect(waitingFor(more)).toEqual([
      { for: "reschedule", group: "web", at: NOW + 40_000, allocations: ["a", "b", "c"] },
    ]);
    // Nobody waits for one that is stopped.
    const moving = called(
      "b",
      1,
      failed(20, { desiredTransition: { migrate: true }, deploymentStatus: { canary: true } }),
    );
    const allocations = [called("a", 0, failed(10)), moving, called("c", 2), called("d", 3)];
    expect(waitingFor({ ...more, allocations })).toEqual([
      { for: "reschedule", group: "web", at: NOW + 50_000, allocations: ["a"] },
    ]);
  });

  it("for the end of a time-out: the earliest, and everybody's", () => {
    const disconnect = { lostAfter: 60_000, replace: false };
    const versions = [aJob({ groups: [aGroup({ count: 4, disconnect })] })];
    const unknown = (seconds: number) => ({ ...away(NOW - seconds * 1_000), followUpEvaluationId: "eval-0" });
    const allocations = [
      called("a", 0),
      called("b", 1, unknown(50)),
      called("c", 2, unknown(20)),
      called("d", 3),
    ];
    const nodes = nodesOf("disconnected", "a", "b", "c");
    expect(waitingFor({ versions, allocations, nodes })).toEqual([
      { for: "time_out", group: "web", at: NOW + 10_000, allocations: ["a", "b", "c"] },
    ]);
    expect(
      waitingFor({ versions, allocations: [called("a", 0)].concat(allocations.slice(3)), nodes }),
    ).toContainEqual({
      for: "time_out",
      group: "web",
      at: NOW + 60_000,
      allocations: ["a"],
    });
    // A history of having been away is over; one that is away for too long does not wait.
    const back = called("b", 1, { clientStatusHistory: [{ status: "unknown", at: NOW - 9_000 }] });
    const expired = called("c", 2, unknown(60));
    const over = {
      versions,
      allocations: [called("d", 3), back, expired],
      nodes: nodesOf("disconnected", "c"),
    };
    expect(waitingFor(over).map((one) => one.for)).toEqual([]);
  });

  it("for a client to stop what is lost, until when", () => {
    const disconnect = { stopOnClientAfter: 30_000 };
    const tasks = [
      { name: "main", killTimeout: 1_000 },
      { name: "log", killTimeout: 7_000 },
      { name: "last" },
    ];
    const versions = [aJob({ groups: [aGroup({ disconnect, tasks })] })];
    const nodes = nodesOf("down", "a", "b");
    const allocations = [called("a", 0), called("b", 1), called("c", 2)];
    expect(waitingFor({ versions, allocations, nodes })).toEqual([
      { for: "client_stop", group: "web", at: NOW + 37_000, allocations: ["a", "b"] },
    ]);
    const plan = reconcile(anInput({ versions, allocations, nodes }));
    expect(plan.wakeAt).toBe(NOW + 37_000);
  });

  it("for a version to keep alive, where none may run", () => {
    const update = { maxParallel: 1, canary: 1 };
    const state = aDeploymentState({ desiredCanaries: 1 });
    const deployments = [aDeployment({ groups: { web: state } })];
    const versions = [aJob({ groups: [aGroup({ update })] })];
    expect(waitingFor({ versions, deployments, allocations: [] })).toEqual([
      { for: "promotion", group: "web", healthyCanaries: 0, desiredCanaries: 1, automatic: false },
      { for: "version_to_keep_alive", group: "web", missing: 3 },
    ]);
  });
});
