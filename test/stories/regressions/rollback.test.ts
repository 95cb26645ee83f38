import { describe, expect, it } from "vitest";
import { aGroup, HOUR, ids, MINUTE, Story } from "./a-story.js";

const reverting = { autoRevert: true } as const;

describe("rollback", () => {
  it("endless revert loop", () => {
    const change = { reschedule: { attempts: 0 }, update: { ...reverting, canary: 0 } };
    const story = Story.running(aGroup("old", change));
    story.submit(aGroup("new", change));

    // From now on whatever is placed crashes.
    for (let crashes = 0; crashes < 10; crashes++) {
      const [next] = story.live().filter((one) => one.deploymentStatus?.healthy === undefined);
      if (next !== undefined) story.crash(next.id);
      story.clients();
    }
    story.pass(HOUR);

    expect(story.told).toEqual(["0 successful", "1 failed", "2 failed"]);
    expect(story.state.versions.map(({ version }) => version).sort()).toEqual([0, 1, 2]);
    expect(story.deployment.statusDescription).toMatch(/same specification/);
  });

  it("lowered count kills stable ones before proof and failing does not bring them back", () => {
    const story = new Story({ policy: { holdCountUntilPromoted: true } });
    story.from(aGroup("old", { count: 4, update: reverting }));
    const stable = ids(story.live());

    story.submit(aGroup("new", { count: 2, update: reverting }));
    story.becomeHealthy();
    expect(story.versions).toEqual({ 0: 4, 1: 1 });
    story.fail();

    expect(ids(story.live(2))).toEqual(stable);
    expect(story.live()).toHaveLength(4);
    expect(story.everStopped(stable)).toBe(false);

    // Without the policy the count is lowered at once, and failing brings it back.
    const hasty = Story.running(aGroup("old", { count: 4, update: reverting }));
    hasty.submit(aGroup("new", { count: 2, update: reverting }));
    expect(hasty.versions).toEqual({ 0: 2, 1: 1 });
    hasty.fail();
    hasty.pass(5 * MINUTE);
    expect(hasty.versions).toEqual({ 2: 4 });
  });

  it("a rollback after promotion waits for a promotion of the old specification while the bad version runs", () => {
    const story = Story.running(aGroup("old", { update: reverting }));
    story.submit(aGroup("new", { update: reverting }));
    story.becomeHealthy();
    story.promote();
    story.clients();
    const untouched = ids(story.live(0));
    expect(story.versions).toEqual({ 0: 1, 1: 2 });

    story.fail();
    expect(story.canaries).toEqual([]);
    expect(story.deployment.groups["api"]).toMatchObject({ desiredCanaries: 0 });
    story.pass(MINUTE);

    expect(story.versions).toEqual({ 2: 3 });
    expect(ids(story.live(2))).toEqual(expect.arrayContaining(untouched));
    expect(story.told).toEqual(["0 successful", "1 failed", "2 successful"]);
  });

  it("a rollback under manual health fails for want of reports", () => {
    const change = { update: { ...reverting, healthCheck: "manual" } } as const;
    const story = new Story();
    story.submit(aGroup("old", change));
    const stable = ids(story.live());
    story.report({ healthy: stable });
    story.submit(aGroup("new", change));

    // Nobody ever reports anything again.
    story.pass(10 * HOUR);

    expect(story.told).toEqual(["0 successful", "1 failed", "2 successful"]);
    expect(ids(story.live(2))).toEqual(stable);
    expect(story.everStopped(stable)).toBe(false);
    expect(story.live()).toHaveLength(3);
    expect(story.live().map((one) => one.deploymentStatus?.healthy)).toEqual([true, true, true]);
  });
});
