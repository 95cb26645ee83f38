import { describe, expect, it } from "vitest";
import { aGroup, ids, MINUTE, midCanary, Story } from "../regressions/a-story.js";

describe("jobs and versions", () => {
  it("D 14: Nomad's lowered count kills stable allocations before the new version is proven; here too by default, and `holdCountUntilPromoted` keeps them until promotion", () => {
    const lowered = (holdCountUntilPromoted: boolean): Story => {
      const story = new Story({ policy: { holdCountUntilPromoted } }).from(aGroup("old", { count: 4 }));
      story.submit(aGroup("new", { count: 2 }));
      story.becomeHealthy();
      return story;
    };
    expect(lowered(false).versions).toEqual({ 0: 2, 1: 1 }); // as Nomad

    const held = lowered(true);
    expect(held.versions).toEqual({ 0: 4, 1: 1 });
    held.promote();
    held.pass(5 * MINUTE);
    expect(held.versions).toEqual({ 1: 2 });
  });

  it("D 18: a purge in Nomad forgets job, allocations and deployments at once; here they stay until nothing live refers to them: the plan must still say stop", () => {
    const story = Story.running(aGroup("only"));
    const before = ids(story.live());

    story.send({ kind: "stop_job", purge: true });
    expect(ids(story.state.allocations)).toEqual(before); // Nomad: none
    expect(story.state.versions.map(({ version }) => version)).toContain(0);
    expect(story.deployments).toHaveLength(1);
    const stops = story.plan().actions.filter(({ kind }) => kind === "stop");
    expect(stops).toHaveLength(3);

    story.settle();
    expect(ids(story.state.allocations)).toEqual(before);
    expect(story.live()).toEqual([]);

    // The server wants none of them, and in the end their clients are done too: nothing is left to say.
    story.clients();
    expect(story.state).toMatchObject({ versions: [], deployments: [] });
    story.send({ kind: "collect", before: story.now + 1, keepDeployments: 0 });
    expect(story.state.allocations).toEqual([]);
  });

  it("D 18: Nomad may prune versions that allocations still run; here versions that live allocations run are never pruned", () => {
    const story = midCanary();
    for (let n = 0; n < 10; n++) story.submit(aGroup(`image-${n}`));
    expect(story.live(0)).toHaveLength(3);
    const numbers = (): number[] => story.state.versions.map(({ version }) => version);
    expect(numbers()).toContain(0);
    expect(numbers().length).toBeLessThan(12);

    // Not by stability alone: a version that never was stable, and that an unpromoted canary's rivals run.
    const unproven = new Story();
    unproven.submit(aGroup("old", { update: { healthCheck: "manual" } }));
    for (let n = 0; n < 10; n++) unproven.submit(aGroup(`image-${n}`));
    expect(unproven.state.versions.some(({ stable }) => stable === true)).toBe(false);
    expect(unproven.live(0)).toHaveLength(3);
    expect(unproven.state.versions.map(({ version }) => version)).toContain(0);
  });

  it("D 46: in Nomad re-submitting the specification of a failed deployment changes nothing; here it is a new version, a new try", () => {
    const story = Story.running(aGroup("old"));
    story.submit(aGroup("new"));
    story.submit(aGroup("new"));
    expect(story.told).toEqual(["0 successful", "1 running"]);

    story.fail();
    story.submit(aGroup("new"));
    expect(story.told).toEqual(["0 successful", "1 failed", "2 running"]); // Nomad: the first two
    story.becomeHealthy();
    story.promote();
    story.pass(5 * MINUTE);
    expect(story.versions).toEqual({ 2: 3 });
  });
});
