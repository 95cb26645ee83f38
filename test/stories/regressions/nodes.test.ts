import { describe, expect, it } from "vitest";
import { drainable } from "../../../src/index.js";
import { aGroup, HOUR, ids, MINUTE, midCanary, names, SECOND, Story } from "./a-story.js";

const patient = { disconnect: { lostAfter: 10 * MINUTE } };

describe("nodes", () => {
  it("disconnect mid-canary grows without bound", () => {
    const atOnce = { unlimited: true, delay: SECOND, delayFunction: "constant" } as const;
    const story = midCanary({ ...patient, reschedule: atOnce });
    const gone = story.first(0);

    story.nodeOf(gone, "disconnected");
    for (let evaluations = 0; evaluations < 8; evaluations++) {
      story.nodeOf(story.first(1), "ready");
      story.settle();
      story.pass(MINUTE);
    }

    expect(story.allocation(gone.id)).toMatchObject({ clientStatus: "unknown", desiredStatus: "run" });
    expect(story.versions).toEqual({ 0: 3, 1: 1 });
    expect(story.state.allocations).toHaveLength(5);
  });

  it("drained canaries still count as present", () => {
    const story = midCanary();
    const [drained] = story.canaries;
    if (drained === undefined) throw new Error("there is a canary");
    const stable = ids(story.live(0));
    story.nodeOf(drained, "ready", true);

    story.tell({
      kind: "migrate",
      allocationIds: drainable(story.state, story.state.nodes ?? [], { now: story.now }),
    });

    expect(story.allocation(drained.id).desiredStatus).toBe("stop");
    expect(story.canaries).toMatchObject([{ jobVersion: 1, clientStatus: "pending" }]);
    expect(() => story.promote()).toThrow(expect.objectContaining({ code: "canaries_not_healthy" }));
    story.becomeHealthy();
    expect(ids(story.live(0))).toEqual(stable);
    story.promote();
    story.pass(MINUTE);
    expect(story.versions).toEqual({ 1: 3 });
  });

  it("several drained nodes exceed the migration limit", () => {
    const story = Story.running(aGroup("only", { count: 4 }));
    for (const one of story.live().slice(0, 3)) story.nodeOf(one, "ready", true);
    const left: number[] = [];

    for (let rounds = 0; rounds < 3; rounds++) {
      const allocationIds = drainable(story.state, story.state.nodes ?? [], { now: story.now });
      left.push(allocationIds.length);
      story.tell({ kind: "migrate", allocationIds });
      story.clients();
      left.push(drainable(story.state, story.state.nodes ?? [], { now: story.now }).length);
      story.becomeHealthy();
    }

    expect(left).toEqual([1, 0, 1, 0, 1, 0]);
    expect(drainable(story.state, story.state.nodes ?? [], { now: story.now })).toEqual([]);
    expect(story.live()).toHaveLength(4);
    expect(story.state.allocations).toHaveLength(7);
  });

  it("timer left after reconnect", () => {
    const story = Story.running(aGroup("only", patient));
    const one = story.first(0);
    story.nodeOf(one, "disconnected");
    expect(story.state.followUps?.length).toBeGreaterThan(0);
    story.pass(10 * SECOND);

    story.nodeOf(one, "ready");
    story.tell({
      kind: "update_clients",
      updates: [{ allocationId: one.id, clientStatus: "running" }],
    });

    expect(story.state.followUps ?? []).toEqual([]);
    expect(story.allocation(one.id).followUpEvaluationId).toBeUndefined();
    expect(story.send({ kind: "tick" }).nextTickAt).toBeUndefined();
    story.pass(HOUR);
    expect(story.live()).toHaveLength(3);
    expect(story.state.allocations).toHaveLength(3);
  });

  it("a drained node mid-canary leaves nothing running and nothing brings it back", () => {
    const story = midCanary({ count: 1 });
    const everything = story.live();
    for (const one of everything) story.nodeOf(one, "ready", true);

    story.room = 0;
    story.tell({ kind: "migrate", allocationIds: ids(everything) });
    story.clients();
    for (const one of everything) story.nodeOf(one, "gone");
    expect(story.live()).toEqual([]);
    story.roomAgain();

    expect(story.versions).toEqual({ 0: 1, 1: 1 });
    expect(story.canaries).toMatchObject([{ jobVersion: 1 }]);
    story.becomeHealthy();
    story.promote();
    story.pass(MINUTE);
    expect(story.told).toEqual(["0 successful", "1 successful"]);
    expect(story.versions).toEqual({ 1: 1 });
  });

  it("a canary on a disconnected node counts as stable and a stable one is stopped", () => {
    const story = midCanary(patient);
    const canary = story.first(1);
    const stable = ids(story.live(0));

    story.nodeOf(canary, "disconnected");
    story.pass(MINUTE);
    expect(story.allocation(canary.id).clientStatus).toBe("unknown");
    expect(story.canaries).toEqual([]);
    story.nodeOf(canary, "ready");
    story.tell({
      kind: "update_clients",
      updates: [{ allocationId: canary.id, clientStatus: "running" }],
    });
    story.pass(MINUTE);

    expect(story.everStopped(stable)).toBe(false);
    expect(ids(story.canaries)).toEqual([canary.id]);
    expect(ids(story.live())).toEqual([...stable, canary.id].sort());
    expect(story.state.allocations).toHaveLength(4);
  });

  it("drain undone before the stop finished places an extra copy", () => {
    const story = Story.running(aGroup("only"));
    const moved = story.first(0);
    story.nodeOf(moved, "ready", true);
    story.tell({ kind: "migrate", allocationIds: [moved.id] });
    expect(story.allocation(moved.id)).toMatchObject({ desiredStatus: "stop", clientStatus: "running" });

    story.tell({ kind: "update_node", node: { id: moved.nodeId, status: "ready" } });
    expect(story.state.allocations).toHaveLength(4);
    story.pass(MINUTE);

    expect(names(story.live())).toEqual(["shop.api[0]", "shop.api[1]", "shop.api[2]"]);
    expect(story.allocation(moved.id).clientStatus).toBe("complete");
    expect(story.state.allocations).toHaveLength(4);
  });
});
