import { describe, expect, it } from "vitest";
import {
  collect,
  drainable,
  emptyJobState,
  migrate,
  reportHealth,
  rollbackTarget,
  stopJob,
  submit,
  tick,
  transition,
  updateClients,
  updateNode,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aJob, anAllocation, NOW } from "../a-job.js";
import {
  allocationIn,
  aState,
  canarying,
  deploymentIn,
  groupIn,
  MINUTE,
  numbers,
  refusalOf,
  rolling,
  SECOND,
  withImage,
} from "./a-state.js";

describe("corners of the lifecycle (docs/decisions/0005)", () => {
  it("a new ready node wakes what waits for room, once", () => {
    const first = updateNode(aState({ waitsForRoom: true }), {
      node: { id: "new", status: "ready" },
      now: NOW,
    });
    expect(first.evaluate).toEqual({ because: "node_update" });
    const second = updateNode(first.state, { node: { id: "newer", status: "ready" }, now: NOW });
    expect(second.changed).toBe(false);
  });

  it.each([
    ["before", SECOND],
    ["after, without a tick between", -SECOND],
  ])(
    "a canary that is lost while only its promotion is missing begins a new deadline: %s the old one",
    (_, left) => {
      const state = canarying({ group: { requireProgressBy: NOW + left } });
      const died = updateClients(state, {
        updates: [{ allocationId: "canary-0", clientStatus: "lost" }],
        now: NOW,
      }).state;
      expect(groupIn(died, "deploy-1").requireProgressBy).toBe(NOW + 10 * MINUTE);
      expect(deploymentIn(tick(died, { now: NOW + 2 * SECOND }).state, "deploy-1").status).toBe("running");
    },
  );

  it("what a rollback would go to is not pruned for a stopped version that kept stable", () => {
    let state = aState({ allocations: [], versions: [aJob({ stable: true })] });
    state = stopJob(state, { now: NOW }).state;
    for (let n = 0; n < 8; n++) {
      const job = aJob({ groups: [withImage(`image:${n + 2}`)] });
      state = submit(state, { job, now: NOW }).state;
    }
    expect(numbers(state)).toContain(0);
    expect(rollbackTarget(state.versions)).toMatchObject({ kind: "version", job: { version: 0 } });
  });

  it("the version of a lost one whose client is still waited for is not pruned", () => {
    const lost = anAllocation(0, {
      desiredStatus: "stop",
      clientStatus: "lost",
      followUpEvaluationId: "eval-1",
      clientStatusHistory: [{ status: "lost", at: NOW }],
    });
    let state = aState({ allocations: [lost] });
    for (let n = 0; n < 8; n++) {
      state = submit(state, { job: aJob({ groups: [withImage(`image:${n + 2}`)] }), now: NOW }).state;
    }
    expect(numbers(state)).toContain(0);
  });

  it("collecting keeps what proves the version to keep alive, not the current one's or another registration's", () => {
    const state = canarying({ deployment: { groups: { web: aDeploymentState() } } });
    const older = aDeployment({ id: "older", jobCreateIndex: 1, jobVersion: 7, status: "successful" });
    const both = { ...state, deployments: [older, ...state.deployments] };
    const kept = collect(both, { before: NOW, keepDeployments: 0, now: NOW }).state.deployments;
    expect(kept.map(({ id }) => id)).toEqual(["deploy-0", "deploy-1"]);
  });

  it("as many ended deployments are kept as asked for", () => {
    const versions = [0, 1, 2, 3].map((n) => aJob({ version: n, modifyIndex: 10 + n }));
    const deployments = [0, 1, 2, 3].map((n) =>
      aDeployment({ id: `d${n}`, status: "failed", jobVersion: n, createIndex: 11 + n }),
    );
    const state = aState({ versions, allocations: [], deployments });
    const kept = collect(state, { before: NOW, keepDeployments: 2, now: NOW }).state.deployments;
    expect(kept.map(({ id }) => id)).toEqual(["d2", "d3"]);
  });

  it("reported unhealthy by hand fails the deployment, also when it was judged so before", () => {
    const state = rolling({ unhealthyAllocs: 1 }, [{ deploymentStatus: { healthy: false } }]);
    const done = reportHealth(state, { deploymentId: "deploy-0", unhealthy: ["allocation-0"], now: NOW });
    expect(deploymentIn(done.state, "deploy-0").status).toBe("failed");
  });

  it("a late tick moves the deadline of one that waits for room on by whole deadlines", () => {
    const manual = { update: { healthCheck: "manual" } } as const;
    const late = rolling({ noRoom: 1, requireProgressBy: NOW - 11 * MINUTE }, [{}], manual);
    expect(groupIn(tick(late, { now: NOW }).state, "deploy-0").requireProgressBy).toBe(NOW + 9 * MINUTE);
  });

  it("a later report leaves the time alone at which an allocation ended", () => {
    const state = aState({ allocations: [anAllocation(0, { clientStatus: "failed", modifiedAt: NOW })] });
    const updates = [
      { allocationId: "allocation-0", checks: { web: { status: "failure", since: NOW } } } as const,
    ];
    const done = updateClients(state, { updates, now: NOW + MINUTE });
    expect(done.changed).toBe(true);
    expect(allocationIn(done.state, "allocation-0").modifiedAt).toBe(NOW);
  });

  it("what must leave a node because its time is up does not stand in for the others", () => {
    const node = { status: "ready", draining: true } as const;
    const due = { id: "node-0", ...node, drainDeadline: NOW };
    const later = { id: "node-2", ...node, drainDeadline: NOW + MINUTE };
    const state = aState({
      allocations: [0, 1, 2].map((n) => anAllocation(n, { nodeId: n < 2 ? "node-0" : "node-2" })),
    });
    expect(drainable(state, [due, later], { now: NOW })).toEqual(["allocation-0", "allocation-1"]);
  });

  it("of two ways to move a batch allocation the last word counts", () => {
    const state = aState({ versions: [aJob({ type: "batch" })] });
    const again = migrate(state, { allocationIds: ["allocation-0"], now: NOW }).state;
    const never = migrate(again, { allocationIds: ["allocation-0"], batch: "not_again", now: NOW }).state;
    expect(allocationIn(never, "allocation-0").desiredTransition).toEqual({
      migrate: true,
      disableMigrationPlacement: true,
    });
  });

  it("a purged job of which something lives still owns its state", () => {
    const purged = stopJob(aState(), { purge: true, now: NOW }).state;
    const foreign = refusalOf(() => submit(purged, { job: aJob({ id: "other" }), now: NOW }));
    expect(foreign.code).toBe("foreign_job");
    expect(submit(purged, { job: aJob({ type: "batch" }), now: NOW }).version).toBe(0);
  });

  it("an event that does not exist is refused", () => {
    const unknown = JSON.parse('{ "kind": "explode", "now": 0 }') as Parameters<typeof transition>[1];
    expect(refusalOf(() => transition(emptyJobState(), unknown))).toMatchObject({
      code: "invalid_input",
      details: { kind: "explode" },
    });
  });

  it.each([
    [
      "update_clients",
      '{ "updates": [{ "allocationId": "allocation-0", "clientStatus": "runing" }] }',
      "runing",
    ],
    ["update_node", '{ "node": { "id": "node-0", "status": "up" } }', "up"],
  ])("a status that does not exist never enters the state: %s", (kind, fields, status) => {
    const event = { kind, now: NOW, ...JSON.parse(fields) } as Parameters<typeof transition>[1];
    const refusal = refusalOf(() => transition(aState(), event));
    expect(refusal).toMatchObject({ code: "unknown_status", details: { status } });
    expect(refusal.message).toMatch(/ or (unknown|gone)\.$/);
  });

  it("a group may be called like something that every object has", () => {
    const job = aJob({ groups: [withImage("image:1", { name: "constructor", update: {} })] });
    const { state } = submit(emptyJobState(), { job, now: NOW });
    const before = Object.keys(Object);
    const groups = { constructor: aDeploymentState() };
    const deployed = { ...state, deployments: [aDeployment({ jobCreateIndex: 1, groups })] };
    const allocations = [
      anAllocation(0, { jobCreateIndex: 1, group: "constructor", deploymentId: "deploy-0" }),
    ];
    const done = reportHealth(
      { ...deployed, allocations },
      { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW },
    );
    expect(groupIn(done.state, "deploy-0", "constructor").healthyAllocs).toBe(1);
    expect(Object.keys(Object)).toEqual(before);
  });
});
