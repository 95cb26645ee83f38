import { describe, expect, it } from "vitest";
import { aGroup, ids, MINUTE, midCanary, names, Story } from "./a-story.js";

describe("canaries", () => {
  it("lost stable allocation replaced by the new version mid-canary", () => {
    const story = midCanary();
    const lost = story.first(0);

    story.nodeOf(lost, "down");

    const [replacement] = story.live(0).filter((one) => one.previousAllocation === lost.id);
    expect(replacement).toMatchObject({ name: lost.name, deploymentId: lost.deploymentId });
    expect(story.versions).toEqual({ 0: 3, 1: 1 });
    expect(story.allocation(lost.id).clientStatus).toBe("lost");
  });

  it("failed canary replaced by a non-canary, whose surplus then kills stable ones", () => {
    const story = Story.running(aGroup("old"));
    const stable = ids(story.live());
    story.submit(aGroup("new"));
    const { id } = story.first(1);

    story.crash(id);
    story.pass(2 * MINUTE);

    expect(ids(story.live(0))).toEqual(stable);
    expect(story.everStopped(stable)).toBe(false);
    expect(story.live(1)).toMatchObject([
      { previousAllocation: id, deploymentStatus: { canary: true, healthy: true } },
    ]);
    expect(story.deployment).toMatchObject({ status: "running", groups: { api: { promoted: false } } });
  });

  it("stable one lost while no capacity, forgotten until promotion", () => {
    const story = midCanary();
    story.room = 0;
    story.nodeOf(story.first(0), "down");
    expect(story.versions).toEqual({ 0: 2, 1: 1 });
    story.pass(30 * MINUTE);

    story.roomAgain();

    expect(story.versions).toEqual({ 0: 3, 1: 1 });
    expect(names(story.live(0))).toEqual(["shop.api[0]", "shop.api[1]", "shop.api[2]"]);
    expect(story.deployment.groups["api"]).toMatchObject({ promoted: false, desiredCanaries: 1 });
  });

  it("a replaced canary stops automatic promotion for ever", () => {
    const automatic = { update: { autoPromote: true } };
    const story = Story.running(aGroup("old", automatic));
    story.submit(aGroup("new", automatic));
    story.crash(story.first(1).id);
    story.pass(31_000);
    expect(story.deployment.groups["api"]?.placedCanaries).toHaveLength(2);
    expect(story.deployment.groups["api"]?.promoted).toBe(false);

    story.pass(2 * MINUTE);

    expect(story.told).toEqual(["0 successful", "1 successful"]);
    expect(story.versions).toEqual({ 1: 3 });
  });

  it("three live versions after two submits mid-canary", () => {
    const story = midCanary();
    const stable = ids(story.live(0));

    story.submit(aGroup("newer"));

    expect(story.versions).toEqual({ 0: 3, 2: 1 });
    expect(ids(story.live(0))).toEqual(stable);
    expect(story.told).toEqual(["0 successful", "1 cancelled", "2 running"]);
    story.becomeHealthy();
    story.promote();
    story.pass(2 * MINUTE);
    expect(story.versions).toEqual({ 2: 3 });
  });
});
