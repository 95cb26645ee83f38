import { describe, expect, it } from "vitest";
import { aGroup, HOUR, ids, MINUTE, names, SECOND, Story } from "./a-story.js";

describe("counts and names", () => {
  it("duplicate names after canaries and a count change", () => {
    const story = Story.running(aGroup("one"));
    const rollOut = (image: string, count: number): string[] => {
      story.submit(aGroup(image, { count, update: { canary: 2 } }));
      story.becomeHealthy();
      story.promote();
      story.pass(5 * MINUTE);
      return names(story.live());
    };

    expect(rollOut("two", 7)).toEqual([0, 1, 2, 3, 4, 5, 6].map((n) => `shop.api[${n}]`));
    expect(rollOut("three", 2)).toEqual([0, 1].map((n) => `shop.api[${n}]`));
    expect(rollOut("four", 4)).toEqual([0, 1, 2, 3].map((n) => `shop.api[${n}]`));
    expect(story.deployments.map(({ status }) => status)).toEqual(Array(4).fill("successful"));
  });

  it("desired total is whatever the first plan touched", () => {
    const patient = {
      disconnect: { lostAfter: HOUR },
      update: { canary: 0 },
    };
    const story = Story.running(aGroup("old", patient));
    const gone = story.first(0);
    story.nodeOf(gone, "disconnected");
    story.pass(MINUTE);
    expect(story.versions).toEqual({ 0: 3 });
    expect(story.allocation(gone.id).clientStatus).toBe("unknown");

    story.submit(aGroup("new", patient));
    expect(story.deployment.groups["api"]?.desiredTotal).toBe(3);
    story.pass(5 * MINUTE);

    expect(story.told).toEqual(["0 successful", "1 successful"]);
    expect(story.versions).toEqual({ 1: 3 });
    expect(story.deployment.groups["api"]).toMatchObject({ desiredTotal: 3, healthyAllocs: 3 });
  });

  it("of two that share a name the healthy one stopped and the failed one kept", () => {
    const patient = {
      disconnect: { lostAfter: HOUR, reconcile: "keep_original" },
    } as const;
    const story = Story.running(aGroup("only", patient));
    const original = story.first(0);
    story.nodeOf(original, "disconnected");
    story.pass(MINUTE);
    const [healthy] = story.live().filter(({ name }) => name === original.name);

    // The node comes back, and says that the original failed while it was away.
    story.crash(original.id);
    story.nodeOf(original, "ready");
    story.pass(HOUR);

    expect(healthy?.previousAllocation).toBe(original.id);
    expect(ids(story.live())).toContain(healthy?.id);
    expect(story.allocation(original.id)).toMatchObject({ desiredStatus: "stop", clientStatus: "failed" });
    expect(names(story.live())).toEqual(["shop.api[0]", "shop.api[1]", "shop.api[2]"]);
    expect(story.state.allocations).toHaveLength(4);
  });

  it("due failures replaced beyond a lowered count", () => {
    const story = Story.running(aGroup("only", { count: 4 }));
    const [kept, other, ...failing] = [...story.live()].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const { id } of failing) story.crash(id);
    story.now += 30 * SECOND;

    // Both are due, and neither is needed any more.
    story.tell({ kind: "scale", group: "api", count: 2 });
    story.pass(HOUR);

    expect(ids(story.live())).toEqual([kept?.id, other?.id].sort());
    expect(story.state.allocations).toHaveLength(4);
    for (const { id } of failing) expect(story.allocation(id).desiredStatus).toBe("stop");
  });
});
