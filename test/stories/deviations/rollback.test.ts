import { describe, expect, it } from "vitest";
import { aGroup, HOUR, ids, MINUTE, SECOND, Story } from "../regressions/a-story.js";
import { toldOtherwise } from "./told-otherwise.js";

const reverting = { autoRevert: true } as const;
const never = { attempts: 0 };

/** Two groups; only the first one asks for a rollback. The old version runs and is stable. */
function twoGroups(): Story {
  const groups = (image: string) => [
    aGroup(image, { reschedule: never, update: { ...reverting, canary: 0 } }),
    aGroup(image, {
      name: "web",
      reschedule: never,
      update: { canary: 0, progressDeadline: 6 * MINUTE, healthCheck: "manual" },
    }),
  ];
  const story = new Story();
  story.submit(...groups("old"));
  story.report({ healthy: ids(story.live().filter(({ group }) => group === "web")) });
  story.becomeHealthy();
  expect(story.told).toEqual(["0 successful"]);
  story.submit(...groups("new"));
  return story;
}

function newOf(story: Story, group: string): string {
  const found = story.live(1).find((one) => one.group === group);
  if (found === undefined) throw new Error(`nothing new of ${group}`);
  return found.id;
}

describe("rolling back", () => {
  it("D 11: Nomad has four different rules for when to roll back; here one per event: whose allocation is unhealthy, whose deadline passed, or, by hand, any group", () => {
    const unhealthy = { web: twoGroups(), api: twoGroups() };
    unhealthy.web.crash(newOf(unhealthy.web, "web"));
    unhealthy.api.crash(newOf(unhealthy.api, "api"));
    expect(unhealthy.web.told).toEqual(["0 successful", "1 failed"]);
    expect(unhealthy.api.told[2]).toMatch(/^2 /);

    const reported = { web: twoGroups(), api: twoGroups() };
    reported.web.report({ unhealthy: [newOf(reported.web, "web")] });
    reported.api.report({ unhealthy: [newOf(reported.api, "api")] });
    expect(reported.web.told).toEqual(["0 successful", "1 failed"]);
    expect(reported.api.told[2]).toMatch(/^2 /);

    const late = twoGroups();
    late.pass(6 * MINUTE);
    expect(late.told).toEqual(["0 successful", "1 failed"]);
    expect(late.deployment.statusDescription).toBe("Failed due to progress deadline");

    const byHand = twoGroups();
    byHand.fail();
    expect(byHand.told[2]).toMatch(/^2 /);
  });

  it("D 11: Nomad does not always say that there was nothing to go back to; here the reason is always told", () => {
    const { recorded, ours } = toldOtherwise("20b-first-version-fails", "05-unhealthy-by-hand");
    expect(recorded.deployments[0]).toBe("2 failed, unhealthy");
    expect(ours.deployments[0]).toBe("2 failed, unhealthy, no stable version");

    const fresh = (): Story => {
      const story = new Story();
      story.submit(aGroup("only", { reschedule: never, update: { ...reverting, canary: 0 } }));
      return story;
    };
    const stories = [fresh(), fresh(), fresh(), fresh()] as const;
    stories[0].fail();
    stories[1].report({ unhealthy: [stories[1].first(0).id] });
    stories[2].crash(stories[2].first(0).id);
    stories[3].tell({ kind: "update_clients", updates: ids(stories[3].live()).map(restarted) });
    stories[3].pass(HOUR);
    for (const { deployment } of stories) {
      expect(deployment.status).toBe("failed");
      expect(deployment.statusDescription).toMatch(/ - no stable job version to roll back to$/);
    }
  });

  it("D 16: in Nomad a rollback after promotion places canaries of the old specification and waits for a manual promotion, while the bad version runs on; here a rollback is not gated", () => {
    const { recorded, ours } = toldOtherwise("02b-fail-after-promotion", "07-fail");
    expect(recorded.deployments[0]).toBe("2 running, manual promotion");
    expect(recorded.live).toEqual({ "api v1": 3, "api v2": 2, "api v2 canary": 1 });
    expect(ours.deployments[0]).toBe("2 running");
    expect(ours.live).toEqual({ "api v1": 2, "api v2": 3 });

    const story = failedAfterPromotion(reverting);
    expect(story.canaries).toEqual([]);
    story.pass(5 * MINUTE);
    expect(story.versions).toEqual({ 2: 3 });
  });

  it('D 16: Nomad\'s own way can be had; here it is `rollback: "gated"`', () => {
    const story = failedAfterPromotion({ ...reverting, rollback: "gated" });
    story.pass(5 * MINUTE);
    expect(story.canaries).toMatchObject([{ jobVersion: 2 }]);
    expect(story.live(1)).toHaveLength(2);
    expect(story.told).toEqual(["0 successful", "1 failed", "2 running"]);
  });

  it("D 17: in Nomad allocations adopted by a rollback must prove their health again; with manual health nobody does, and the rollback itself fails; here they keep it", () => {
    const { recorded, ours } = toldOtherwise(
      "04c-canary-undecided-manual",
      "06-rollback-deployment-deadline",
    );
    expect(recorded.deployments[0]).toBe("2 failed, progress deadline, same specification");
    expect(ours.deployments[0]).toBe("2 successful");

    const change = { update: { ...reverting, healthCheck: "manual" } } as const;
    const story = new Story();
    story.submit(aGroup("old", change));
    story.report({ healthy: ids(story.live()) });
    story.submit(aGroup("new", change));
    story.fail();
    expect(story.live(2).map((one) => one.deploymentStatus?.healthy)).toEqual([true, true, true]);
    expect(story.told).toEqual(["0 successful", "1 failed", "2 successful"]);
  });

  it("D 23: in Nomad a version made by a rollback is stable from birth, also when its deployment fails; here it is when a deployment of it succeeded", () => {
    const { recorded, ours } = toldOtherwise("20-all-fail", "03-reverted-version-crashes");
    expect(recorded.deployments[0]).toBe("2 failed, unhealthy, same specification");
    expect(recorded.stable).toEqual([0, 2]);
    expect(ours.stable).toEqual([0]);

    const story = failedAfterPromotion(reverting);
    const isStable = (): boolean | undefined =>
      story.state.versions.find(({ version }) => version === 2)?.stable;
    expect(story.told[2]).toBe("2 running");
    expect(isStable()).toBeUndefined(); // Nomad: true
    story.pass(5 * MINUTE);
    expect(story.told[2]).toBe("2 successful");
    expect(isStable()).toBe(true);
  });

  it('D 49: in Nomad a rollback after stop and start can go to the version that says "stopped"; here never', () => {
    const story = Story.running(aGroup("old", { update: { ...reverting, canary: 0 } }));
    story.tell({ kind: "stop_job" });
    story.clients();
    // The version that says "stopped" keeps `stable`: by that alone it would be the newest to go back to.
    expect(story.state.versions).toContainEqual(
      expect.objectContaining({ version: 1, stop: true, stable: true }),
    );
    story.submit(aGroup("new", { update: { ...reverting, canary: 0 } }));

    const { rollback } = story.send({ kind: "fail", deploymentId: story.deployment.id });
    story.settle();
    story.pass(5 * MINUTE);

    expect(rollback).toEqual({ kind: "rolled_back", from: 2, to: 0, version: 3 }); // Nomad: to 1, and the job stops
    expect(story.versions).toEqual({ 3: 3 });
  });
});

/** A task that never runs for long enough: undecided until the deadline. */
function restarted(allocationId: string) {
  const server = { state: "pending", restarts: 3 } as const;
  return { allocationId, clientStatus: "running", taskStates: { server } } as const;
}

/** The canary was promoted, a second one was placed, and then somebody failed the deployment. */
function failedAfterPromotion(update: { autoRevert: true; rollback?: "gated" }): Story {
  const story = Story.running(aGroup("old", { update }));
  story.submit(aGroup("new", { update }));
  story.becomeHealthy();
  story.promote();
  story.clients();
  expect(story.versions).toEqual({ 0: 1, 1: 2 });
  story.now += SECOND;
  story.fail();
  return story;
}
