import { describe, expect, it } from "vitest";
import { type JobState, type Node, reconcile, updateNode } from "../../../src/index.js";
import { anAllocation, NOW } from "../a-job.js";
import { aState } from "./a-state.js";

function update(state: JobState, node: Node) {
  return updateNode(state, { node, now: NOW });
}

const down: Node = { id: "node-0", status: "down" };

describe("a node that changes", () => {
  it.each<Node>([
    down,
    { id: "node-0", status: "disconnected" },
    { id: "node-0", status: "gone" },
    { id: "node-0", status: "ready", draining: true },
  ])("is noted, and an evaluation asked for when an allocation lives there: %j", (node) => {
    const done = update(aState(), node);
    expect(done.state.nodes).toEqual([node]);
    expect(done.evaluate).toEqual({ because: "node_update" });
  });

  it("is noted without an evaluation when nothing lives there", () => {
    const done = update(aState(), { id: "node-9", status: "down" });
    expect(done.state.nodes).toEqual([{ id: "node-9", status: "down" }]);
    expect(done.evaluate).toBeUndefined();
  });

  it("asks for none for what ended there", () => {
    const state = aState({ allocations: [anAllocation(0, { clientStatus: "complete" })] });
    expect(update(state, down).evaluate).toBeUndefined();
  });

  it("stands in the state once, as it was last", () => {
    const once = update(aState(), { id: "node-0", status: "disconnected" }).state;
    expect(update(once, down).state.nodes).toEqual([down]);
  });

  it("need not be mentioned any more when it is ready and does not drain", () => {
    const once = update(aState({ nodes: [{ id: "node-1", status: "down" }] }), down).state;
    const done = update(once, { id: "node-0", status: "ready" });
    expect(done.state.nodes).toEqual([{ id: "node-1", status: "down" }]);
    expect(done.evaluate).toEqual({ because: "node_update" });
  });

  it("that stops draining is as any other", () => {
    const once = update(aState(), { id: "node-0", status: "ready", draining: true }).state;
    expect(update(once, { id: "node-0", status: "ready", draining: false }).state.nodes).toEqual([]);
  });

  it("and is as it was changes nothing and asks for nothing", () => {
    const once = update(aState(), down).state;
    const again = update(once, { ...down });
    expect(again.state).toBe(once);
    expect(again.evaluate).toBeUndefined();
  });

  it("makes the next plan replace what is lost with it", () => {
    const { state } = update(aState(), down);
    const plan = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    expect(plan.actions).toMatchObject([
      { kind: "stop", allocationId: "allocation-0", reason: { code: "lost" }, clientStatus: "lost" },
      { kind: "ignore", allocationId: "allocation-1" },
      { kind: "ignore", allocationId: "allocation-2" },
      { kind: "place", name: "shop.web[0]", previousAllocation: "allocation-0" },
    ]);
  });
});
