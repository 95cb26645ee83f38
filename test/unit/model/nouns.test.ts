import { describe, expect, it } from "vitest";
import {
  allocationName,
  compareVersions,
  currentJob,
  expiresAt,
  failTime,
  firstLost,
  hasAutoPromote,
  isActive,
  isClientTerminal,
  isServerTerminal,
  isStopped,
  isTainted,
  isTerminal,
  isVerdigrisError,
  isWaitingToReconnect,
  lastUnknown,
  nameIndex,
  progressDeadlineOf,
  ranSuccessfully,
  requiresPromotion,
  updateStrategyOf,
  VerdigrisError,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation } from "../a-job.js";

describe("allocations", () => {
  it("names end in their index", () => {
    expect(allocationName("shop", "web", 12)).toBe("shop.web[12]");
    expect(["shop.web[12]", "a[1].b[0]", "[7]"].map(nameIndex)).toEqual([12, 0, 7]);
    expect(
      ["shop.web", "shop.web[]", "shop.web[x]", "shop.web[1", "12]", "", "a[2147483648]"].map(nameIndex),
    ).toEqual(Array(7).fill(-1));
  });

  it("end by the server's will or by their node's word", () => {
    const ended = (more: object): boolean[] =>
      [isServerTerminal, isClientTerminal, isTerminal].map((is) => is(anAllocation(0, more)));
    expect(ended({})).toEqual([false, false, false]);
    expect(ended({ desiredStatus: "evict" })).toEqual([true, false, true]);
    expect(ended({ clientStatus: "lost" })).toEqual([false, true, true]);
    expect(ended({ clientStatus: "unknown" })).toEqual([false, false, false]);
  });

  it("ran successfully when every task is dead and none failed", () => {
    const dead = { state: "dead", finishedAt: 5 } as const;
    expect(ranSuccessfully(anAllocation(0))).toBe(false);
    expect(ranSuccessfully(anAllocation(0, { taskStates: {} }))).toBe(false);
    expect(ranSuccessfully(anAllocation(0, { taskStates: { a: dead } }))).toBe(true);
    expect(ranSuccessfully(anAllocation(0, { taskStates: { a: dead, b: { ...dead, failed: true } } }))).toBe(
      false,
    );
    expect(ranSuccessfully(anAllocation(0, { taskStates: { a: dead, b: { state: "running" } } }))).toBe(
      false,
    );
  });

  it("fail when their last task ended, else when they last changed", () => {
    const taskStates = { a: { state: "dead", finishedAt: 5 }, b: { state: "dead", finishedAt: 9 } } as const;
    expect(failTime(anAllocation(0, { taskStates, modifiedAt: 7 }))).toBe(9);
    expect(failTime(anAllocation(0, { modifiedAt: 7 }))).toBe(7);
  });

  it("remember when they were last seen to go", () => {
    const history = (...statuses: ("unknown" | "running" | "lost")[]) =>
      anAllocation(0, {
        clientStatus: "unknown",
        clientStatusHistory: statuses.map((status, n) => ({ status, at: n + 1 })),
      });
    expect(lastUnknown(history("unknown", "running", "unknown", "unknown"))).toBe(3);
    expect(lastUnknown(history("unknown", "running"))).toBe(1);
    expect(lastUnknown(anAllocation(0))).toBeUndefined();
    expect(isWaitingToReconnect(history("running", "unknown"))).toBe(true);
    expect(isWaitingToReconnect(history("unknown", "running"))).toBe(false);
    expect(firstLost(history("lost", "lost"))).toBe(1);
    expect(expiresAt(history("unknown"), 100)).toBe(101);
    expect(expiresAt(anAllocation(0, { clientStatus: "unknown" }), 100)).toBeUndefined();
  });
});

describe("jobs", () => {
  it("a lower createIndex is always older", () => {
    expect(compareVersions(1, 9, 2, 0)).toBeLessThan(0);
    expect(compareVersions(2, 300, 2, 255)).toBeGreaterThan(0);
    expect(
      currentJob([aJob({ version: 9 }), aJob({ createIndex: 6 }), aJob({ version: 3 })])?.createIndex,
    ).toBe(6);
    expect(currentJob([])).toBeUndefined();
  });

  it("are stopped when the user says so or nothing of them is known", () => {
    expect([undefined, aJob({ stop: true }), aJob()].map(isStopped)).toEqual([true, true, false]);
  });

  it("have an update strategy when there is a block with maxParallel above 0", () => {
    expect(updateStrategyOf(aGroup())).toBeUndefined();
    expect(updateStrategyOf(aGroup({ update: { maxParallel: 0 } }))).toBeUndefined();
    expect(updateStrategyOf(aGroup({ update: {} }))).toEqual({});
    expect([{}, { healthyDeadline: 600_000 }, { progressDeadline: 0 }].map(progressDeadlineOf)).toEqual([
      600_000, 900_000, 0,
    ]);
  });
});

describe("deployments and nodes", () => {
  it("are active until they end", () => {
    expect(
      (["running", "paused", "blocked", "failed", "successful", "cancelled"] as const).map((status) =>
        isActive(aDeployment({ status })),
      ),
    ).toEqual([true, true, true, false, false, false]);
  });

  it("require promotion while running with un-promoted canaries; groups without canaries do not block the automatic one", () => {
    const gated = aDeploymentState({ desiredCanaries: 1 });
    const automatic = { ...gated, autoPromote: true };
    const plain = aDeploymentState();
    expect(requiresPromotion(aDeployment({ groups: { web: gated } }))).toBe(true);
    expect(requiresPromotion(aDeployment({ groups: { web: { ...gated, promoted: true } } }))).toBe(false);
    expect(requiresPromotion(aDeployment({ groups: { web: gated }, status: "paused" }))).toBe(false);
    expect(hasAutoPromote(aDeployment({ groups: { web: automatic, api: plain } }))).toBe(true);
    expect(hasAutoPromote(aDeployment({ groups: { web: automatic, api: gated } }))).toBe(false);
    expect(hasAutoPromote(aDeployment())).toBe(false);
  });

  it("nodes are tainted when gone, down, disconnected or draining", () => {
    const statuses = ["ready", "initializing", "down", "disconnected", "gone"] as const;
    expect(statuses.map((status) => isTainted({ id: "n", status }))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(isTainted({ id: "n", status: "ready", draining: true })).toBe(true);
  });
});

describe("the error", () => {
  it("is recognised by a registered symbol, and nothing else is", () => {
    expect(isVerdigrisError(new VerdigrisError("bad_number", "x"))).toBe(true);
    expect([new Error("x"), { code: "bad_number" }, null, "x"].map(isVerdigrisError)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
