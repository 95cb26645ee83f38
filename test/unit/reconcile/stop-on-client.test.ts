import { describe, expect, it } from "vitest";
import { type Allocation, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aGroup, aJob, anInput, NOW } from "../a-job.js";
import { called, nodesOf, said } from "./said.js";

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
