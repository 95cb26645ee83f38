import { describe, expect, it } from "vitest";
import { type Allocation, drainable, promotionGate } from "../../../src/index.js";
import { aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, MINUTE, running, SECOND } from "./a-state.js";

const healthy = { deploymentStatus: { healthy: true, timestamp: 1 } };

describe("the promotion gate", () => {
  it("counts the placed canaries of its group, each once", () => {
    const canaries = [
      anAllocation(0, healthy),
      anAllocation(1, { deploymentStatus: { healthy: false } }),
      anAllocation(2),
      anAllocation(3, { ...healthy, clientStatus: "failed" }),
      anAllocation(4, { deploymentStatus: { canary: true } }),
    ];
    const placedCanaries = [...canaries.map(({ id }) => id), "collected"];
    const groups = { web: aDeploymentState({ desiredCanaries: 5, placedCanaries }) };
    expect(promotionGate({ groups }, "web", [...canaries, anAllocation(9, healthy)])).toEqual({
      group: "web",
      need: 5,
      have: 1,
      pending: 2,
      unhealthy: 1,
      dead: 2,
    });
    expect(promotionGate({ groups }, "api", canaries)).toEqual({
      group: "api",
      need: 0,
      have: 0,
      pending: 0,
      unhealthy: 0,
      dead: 0,
    });
  });
});

describe("draining", () => {
  it("goes by name index, then id, group by group, and passes over what moves already", () => {
    const at = (id: string, index: number, more: Partial<Allocation> = {}) =>
      anAllocation(index, { id, nodeId: "node-0", ...healthy, ...more });
    const groups = [aGroup({ count: 4, migrate: { maxParallel: 4 } }), aGroup({ name: "api", count: 1 })];
    const allocations = [
      at("d", 2),
      at("c", 1),
      at("b", 1),
      at("m", 0, { desiredTransition: { migrate: true } }),
      at("e", 3, { clientStatus: "failed" }),
      at("z", 0, { name: "shop.api[0]", group: "api" }),
    ];
    const state = aState({ versions: [aJob({ groups })], allocations });
    const node = { id: "node-0", status: "ready", draining: true } as const;
    expect(drainable(state, [node], { now: NOW })).toEqual(["z", "b", "c", "d"]);
    expect(drainable({ ...state, allocations: allocations.toReversed() }, [node], { now: NOW })).toEqual([
      "z",
      "b",
      "c",
      "d",
    ]);
    expect(drainable(state, [{ ...node, draining: false }], { now: NOW })).toEqual([]);
  });

  it("asks when its last task started", () => {
    const groups = [
      aGroup({ count: 1, tasks: [{ name: "main" }, { name: "log" }], migrate: { minHealthyTime: MINUTE } }),
    ];
    const startable = (main: number, log: number) => {
      const taskStates = { main: running(main), log: running(log) };
      const state = aState({ versions: [aJob({ groups })], allocations: [anAllocation(0, { taskStates })] });
      return drainable(state, [{ id: "node-0", status: "ready", draining: true }], { now: NOW });
    };
    expect(startable(NOW - MINUTE, NOW - MINUTE)).toEqual(["allocation-0"]);
    expect(startable(NOW - MINUTE, NOW - SECOND)).toEqual([]);
  });
});
