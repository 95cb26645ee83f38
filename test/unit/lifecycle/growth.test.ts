import { describe, expect, it } from "vitest";
import { type Allocation, type JobEvent, type JobState, transition } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, withImage } from "./a-state.js";

/** The list, and how often one of it was looked up. */
function counted(allocations: readonly Allocation[]): { list: readonly Allocation[]; looks: () => number } {
  let looks = 0;
  const list = new Proxy(allocations, {
    get: (target, key, receiver) => {
      if (typeof key === "string" && /^\d+$/.test(key)) looks++;
      return Reflect.get(target, key, receiver);
    },
  });
  return { list, looks: () => looks };
}

/** So many canaries of one group that run; half of the groups' worth is healthy. */
function canaries(size: number, healthy: boolean): JobState {
  const update = { canary: size, healthCheck: "manual" } as const;
  const allocations = Array.from({ length: size }, (_, n) =>
    anAllocation(n, {
      deploymentId: "deploy-0",
      deploymentStatus: { canary: true, ...(healthy ? { healthy } : {}) },
    }),
  );
  const group = aDeploymentState({
    desiredCanaries: size,
    placedCanaries: allocations.map(({ id }) => id),
    requireProgressBy: NOW + 1,
  });
  return aState({
    versions: [aJob({ groups: [withImage("image:1", { update, count: size })] })],
    allocations,
    deployments: [aDeployment({ groups: { web: group } })],
  });
}

const EVENTS: readonly (readonly [JobEvent, boolean])[] = [
  [{ kind: "report_health", now: NOW, deploymentId: "deploy-0", healthy: ["allocation-7"] }, false],
  [{ kind: "promote", now: NOW, deploymentId: "deploy-0" }, true],
  [
    { kind: "update_clients", now: NOW, updates: [{ allocationId: "allocation-7", clientStatus: "lost" }] },
    true,
  ],
  [{ kind: "tick", now: NOW + 2 }, true],
  [{ kind: "stop_allocation", now: NOW, allocationId: "allocation-7" }, true],
  [{ kind: "fail", now: NOW, deploymentId: "deploy-0" }, true],
];

describe("what an event costs grows no faster than the state", () => {
  it.each(EVENTS)("%j", (event, healthy) => {
    const cost = (size: number): number => {
      const state = canaries(size, healthy);
      const { list, looks } = counted(state.allocations);
      transition({ ...state, allocations: list }, event);
      return looks();
    };
    // A fixed part besides, so that a few looks at a small state do not count as growth.
    expect(cost(1_000)).toBeLessThanOrEqual(10 * cost(100) + 100);
    expect(cost(1_000)).toBeLessThanOrEqual(12 * 1_000);
  });
});
