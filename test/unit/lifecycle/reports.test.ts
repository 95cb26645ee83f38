import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type JobState,
  reportHealth,
  updateClients,
  updateNode,
} from "../../../src/index.js";
import { aDeployment, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aState, refusalOf, rolling } from "./a-state.js";

describe("reports", () => {
  it("of a client: what ends or comes back is news, and when it went is noted", () => {
    const report = (more: Partial<Allocation>, update: object, of: Partial<JobState> = {}) =>
      updateClients(aState({ allocations: [anAllocation(0, more)], ...of }), {
        updates: [{ allocationId: "allocation-0", ...update }],
        now: NOW,
      });
    const gone = report({}, { clientStatus: "unknown" });
    expect(gone.evaluate).toEqual({ because: "client_update" });
    expect(allocationIn(gone.state, "allocation-0").clientStatusHistory).toEqual([
      { status: "unknown", at: NOW },
    ]);
    expect(report({ clientStatus: "unknown" }, { clientStatus: "running" }).evaluate).toEqual({
      because: "client_update",
    });
    const lost = report({}, { clientStatus: "lost" });
    expect(allocationIn(lost.state, "allocation-0").clientStatusHistory).toEqual([
      { status: "lost", at: NOW },
    ]);
    const started = report({ clientStatus: "pending" }, { clientStatus: "running" });
    expect(started.evaluate).toBeUndefined();
    expect(allocationIn(started.state, "allocation-0")).not.toHaveProperty("clientStatusHistory");
    expect(allocationIn(started.state, "allocation-0")).not.toHaveProperty("taskStates");
    const again = report(
      { clientStatus: "unknown" },
      { clientStatus: "unknown", checks: { http: { status: "success", since: 1 } } },
    );
    expect(again.state.allocations[0]).not.toHaveProperty("clientStatusHistory");
    for (const clientStatus of ["complete", "failed", "lost"] as const) {
      expect(report({ clientStatus: "failed" }, { clientStatus }).state.allocations[0]?.clientStatus).toBe(
        clientStatus,
      );
    }
    const wrong = refusalOf(() => report({}, { clientStatus: "dead" }));
    expect(wrong.message).toMatch(/^Allocation "allocation-0" cannot be "dead"; it is /);
  });

  it("of a node: what has no room asks again only when there may be some", () => {
    const state = aState({ waitsForRoom: true, allocations: [] });
    const asks = (node: object, of: JobState = state) =>
      updateNode(of, { node: { id: "node-9", status: "ready", ...node }, now: NOW }).evaluate !== undefined;
    expect(asks({})).toBe(true);
    expect(asks({ draining: false })).toBe(true);
    expect(asks({ draining: true })).toBe(false);
    expect(asks({ status: "down" })).toBe(false);
    expect(asks({}, aState({ allocations: [] }))).toBe(false);
  });

  it("of a node: nothing changes where it is so already, and whether it drains is part of it", () => {
    const drains = { id: "node-9", status: "ready", draining: true } as const;
    const state = aState({ nodes: [drains], allocations: [] });
    expect(updateNode(state, { node: drains, now: NOW }).state).toBe(state);
    const down = updateNode(state, { node: { id: "node-9", status: "down" }, now: NOW }).state;
    expect(down.nodes).toStrictEqual([{ id: "node-9", status: "down" }]);
    const both = updateNode(down, { node: { ...drains, status: "down" }, now: NOW }).state;
    expect(both.nodes).toStrictEqual([{ ...drains, status: "down" }]);
    expect(updateNode(both, { node: { id: "node-9", status: "down" }, now: NOW }).state.nodes).toStrictEqual(
      down.nodes,
    );
    expect(updateNode(state, { node: { ...drains, draining: false }, now: NOW }).state.nodes).toEqual([]);
    const wrong = refusalOf(() => updateNode(state, { node: { id: "n", status: "up" as "down" }, now: NOW }));
    expect(wrong.message).toMatch(/^Node "n" cannot be "up"/);
  });

  it("of health: says whose an allocation is that is not the deployment's", () => {
    const of = (more: Partial<Allocation>) => {
      const state = rolling({}, [more]);
      return refusalOf(() =>
        reportHealth(state, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW }),
      ).message;
    };
    expect(of({ deploymentId: "deploy-7" })).toBe(
      'Allocation "allocation-0" is none of deployment "deploy-0"; report it to its own, "deploy-7".',
    );
    const none = aState({ deployments: [aDeployment()] });
    expect(
      refusalOf(() => reportHealth(none, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW }))
        .message,
    ).toBe(
      'Allocation "allocation-0" is none of deployment "deploy-0"; it belongs to none, and nobody asks for its health.',
    );
  });
});
