import { describe, expect, it } from "vitest";
import { type Allocation, type NewId, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";
import { called, nodesOf, said, twoVersions } from "./said.js";

const reschedule = { delay: 60_000, delayFunction: "constant", unlimited: true } as const;

function failedAgo(seconds: number, more: Partial<Allocation> = {}): Partial<Allocation> {
  return { clientStatus: "failed", modifiedAt: NOW - seconds * 1_000, ...more };
}

describe("follow-up evaluations (rule 6)", () => {
  const versions = [aJob({ groups: [aGroup({ count: 6, reschedule })] })];

  it("are one for all that are due within five seconds of the first", () => {
    const ago = [20, 15.001, 15, 10, 30];
    const allocations = ago.map((seconds, n) => called(`a${n}`, n, failedAgo(seconds)));
    const plan = reconcile(anInput({ versions, allocations: allocations.toReversed() }));
    expect(plan.followUps.map(({ id, at, allocations }) => [id, at - NOW, allocations])).toEqual([
      ["eval-1/web/0", 30_000, ["a4"]],
      ["eval-1/web/1", 40_000, ["a0", "a1"]],
      ["eval-1/web/2", 45_000, ["a2"]],
      ["eval-1/web/3", 50_000, ["a3"]],
    ]);
    expect(plan.wakeAt).toBe(NOW + 29_000);
  });

  it("name those that are due at one time in canonical order", () => {
    const allocations = [3, 0, 2, 1].map((n) => called(`a${n}`, n, failedAgo(20)));
    const plan = reconcile(anInput({ versions, allocations }));
    expect(plan.followUps.map(({ allocations }) => allocations)).toEqual([["a0", "a1", "a2", "a3"]]);
  });

  it("are for what moves, too, which does not bear their id", () => {
    const moving = called(
      "a",
      0,
      failedAgo(20, { desiredTransition: { migrate: true }, deploymentStatus: { canary: true } }),
    );
    const plan = reconcile(anInput({ versions, allocations: [moving, called("b", 1, failedAgo(20))] }));
    expect(plan.followUps).toMatchObject([{ allocations: ["a", "b"] }]);
    const [first, second] = plan.actions;
    expect(first).toMatchObject({ kind: "stop", reason: { code: "migrating" } });
    expect(first).not.toHaveProperty("followUpEvaluationId");
    expect(second).toMatchObject({ kind: "ignore", followUpEvaluationId: "eval-1/web/0" });
  });

  it("bear ids that nobody bears, that evaluation's own among them", () => {
    const asked: NewId[] = [];
    const ids = ["eval-1", "taken", "mine", "mine", "other"];
    const policy = {
      newId: (what: NewId) => {
        asked.push(what);
        return ids[asked.length - 1] ?? "";
      },
    };
    const allocations = [
      called("a", 0, failedAgo(20)),
      called("b", 1, failedAgo(10)),
      called("c", 2, { followUpEvaluationId: "taken" }),
    ];
    const plan = reconcile(anInput({ versions, allocations, policy }));
    expect(plan.followUps.map(({ id }) => id)).toEqual(["mine", "other"]);
    const what = { kind: "follow_up", evaluationId: "eval-1", group: "web" };
    expect(asked).toEqual([
      { ...what, ordinal: 0, attempt: 0 },
      { ...what, ordinal: 0, attempt: 1 },
      { ...what, ordinal: 0, attempt: 2 },
      { ...what, ordinal: 1, attempt: 0 },
      { ...what, ordinal: 1, attempt: 1 },
    ]);
  });

  it("a policy that knows one id alone is refused, after a thousand tries", () => {
    let tries = 0;
    const policy = {
      newId: () => {
        tries++;
        return "eval-1";
      },
    };
    const refusal = refusalOf(() =>
      reconcile(anInput({ versions, allocations: [called("a", 0, failedAgo(20))], policy })),
    );
    expect(refusal.code).toBe("id_already_borne");
    expect(refusal.message).toMatch(/gave "eval-1" 1000 times.*`attempt`/);
    expect(refusal.details).toEqual({ id: "eval-1" });
    expect(tries).toBe(1_000);
  });
});

describe("one that is lost, and its client has still to stop it (rule 6, D 38)", () => {
  const disconnect = { stopOnClientAfter: 30_000 };
  const versions = [aJob({ groups: [aGroup({ count: 1, disconnect })] })];
  const lost: Partial<Allocation> = {
    desiredStatus: "stop",
    clientStatus: "lost",
    clientStatusHistory: [{ status: "lost", at: NOW - 10_000 }],
    followUpEvaluationId: "eval-0",
  };

  function of(one: Partial<Allocation>, more: Partial<ReconcileInput> = {}) {
    return reconcile(anInput({ versions, allocations: [called("a", 0, one)], ...more }));
  }

  it("is stopped, and replaced only afterwards", () => {
    const plan = of({}, { nodes: nodesOf("down", "a") });
    expect(said(plan)).toEqual(["stop a lost"]);
    expect(plan.actions[0]).toMatchObject({ followUpEvaluationId: "eval-1/web/0", clientStatus: "lost" });
    expect(plan.followUps).toMatchObject([
      { at: NOW + 35_000, cause: "stop_on_client_after", allocations: ["a"] },
    ]);
  });

  it("waits on while its time has not come, and says until when", () => {
    const plan = of(lost);
    expect(plan.actions).toEqual([
      {
        kind: "ignore",
        group: "web",
        allocationId: "a",
        reason: { code: "waiting_for_client", until: NOW + 25_000 },
      },
    ]);
    expect(plan.followUps).toEqual([]);
    expect(plan.wakeAt).toBe(NOW + 25_000);
  });

  it("asks again where the evaluation that it waited for is this one", () => {
    const plan = of({ ...lost, followUpEvaluationId: "eval-1" });
    expect(plan.followUps).toMatchObject([{ at: NOW + 25_000, allocations: ["a"] }]);
  });

  it("is replaced once its time has come, and not stopped again", () => {
    const plan = of({ ...lost, clientStatusHistory: [{ status: "lost", at: NOW - 35_000 }] });
    expect(said(plan)).toEqual(["ignore a unchanged", "place shop.web[0] for a lost"]);
  });

  it.each<[string, Partial<Allocation>]>([
    ["is replaced", { nextAllocation: "b" }],
    ["waits for no evaluation", { followUpEvaluationId: undefined as never }],
    ["was never seen to be lost", { clientStatusHistory: [] }],
    ["is a canary", { deploymentStatus: { canary: true } }],
    ["is complete", { clientStatus: "complete" }],
  ])("is history where it %s", (_, more) => {
    expect(said(of({ ...lost, ...more }))).toEqual(["ignore a history", "place shop.web[0] missing"]);
  });

  it("is history where its version does not wait, or the server wants it", () => {
    const impatient = [aJob({ groups: [aGroup({ count: 1 })] })];
    expect(said(of(lost, { versions: impatient }))[0]).toBe("ignore a history");
    expect(said(of({ ...lost, desiredStatus: "run" }))[0]).toBe("ignore a dropped");
  });
});

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
