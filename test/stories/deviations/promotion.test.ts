import { describe, expect, it } from "vitest";
import { aGroup, aJob, HOUR, ids, MINUTE, midCanary, SECOND, Story } from "../regressions/a-story.js";
import { decidedOtherwise } from "./decided-otherwise.js";
import { toldOtherwise } from "./told-otherwise.js";

const manual = { healthCheck: "manual", canary: 2 } as const;

/** Two canaries of the new version; one was healthy and crashed, so that a third one stands in for it. */
function withDeadCanary(autoPromote: boolean): Story {
  const change = { update: { ...manual, autoPromote } };
  const story = new Story();
  story.submit(aGroup("old", change));
  story.report({ healthy: ids(story.live()) });
  story.submit(aGroup("new", change));
  const [first = ""] = ids(story.canaries);
  story.report({ healthy: [first] });
  story.crash(first);
  story.pass(MINUTE);
  return story;
}

describe("promotion", () => {
  it("D 10: Nomad's automatic promotion counts dead canaries and wants the healthy ones to equal the desired number, so that a replaced one stops it for ever; here live, healthy canaries >= desired", () => {
    const { recorded, ours } = toldOtherwise(
      "06c-auto-promote-canary-replaced",
      "06-all-live-canaries-healthy",
    );
    expect(recorded.deployments).toEqual(["1 running, automatic promotion", "0 successful"]);
    expect(ours.deployments).toEqual(["1 running", "0 successful"]);

    const story = withDeadCanary(true);
    expect(story.deployment.groups["api"]).toMatchObject({ promoted: false, healthyAllocs: 1 });
    expect(story.deployment.groups["api"]?.placedCanaries).toHaveLength(3);
    story.report({ healthy: ids(story.canaries) });
    story.pass(SECOND);
    expect(story.deployment.groups["api"]?.promoted).toBe(true);
  });

  it("D 10: Nomad's counter says two healthy while one of them is dead, and its deadline believes it; here the same predicate refuses the promotion and ends the deployment", () => {
    const story = withDeadCanary(false);
    const [alive = ""] = ids(story.canaries);
    story.report({ healthy: [alive] });
    expect(story.deployment.groups["api"]).toMatchObject({ healthyAllocs: 2, desiredCanaries: 2 });

    expect(() => story.promote()).toThrow(
      expect.objectContaining({
        code: "canaries_not_healthy",
        details: expect.objectContaining({ groups: [expect.objectContaining({ have: 1, need: 2 })] }),
      }),
    );
    story.pass(HOUR);
    expect(story.told).toEqual(["0 successful", "1 failed"]); // Nomad: running, until somebody acts
    expect(story.deployment.statusDescription).toMatch(/progress deadline/);
  });

  it("D 12: Nomad accepts `maxParallel` 0 with canaries and creeps forward without a gate; here it is rejected by validation", () => {
    const { nomad, here } = decidedOtherwise(12, "rolling/21");
    const canary = { canary: true };
    expect(nomad["place"]).toMatchObject([canary, canary]);
    // In a state that was never validated such a block is no update strategy: there are no canaries without a gate.
    expect(here["place"]).toEqual([]);

    const job = aJob(aGroup("only", { update: { maxParallel: 0, canary: 1 } }));
    expect(() => new Story().send({ kind: "submit", job })).toThrow(
      expect.objectContaining({
        code: "invalid_job",
        details: { issues: [expect.objectContaining({ code: "canary_without_update" })] },
      }),
    );
  });

  it("D 24: Nomad may ask for the automatic promotion dozens of times before it takes hold; here once: promoted is one-way", () => {
    const automatic = { update: { autoPromote: true } };
    const story = Story.running(aGroup("old", automatic));
    story.submit(aGroup("new", automatic));
    story.now += 10 * SECOND;

    const asked = Array.from({ length: 5 }, () => story.send({ kind: "tick" })).filter(
      ({ evaluate }) => evaluate?.because === "promoted",
    );
    expect(asked).toHaveLength(1); // Nomad: until its server has seen the first
    story.settle();
    expect(story.deployment.groups["api"]).toMatchObject({ promoted: true });
  });
});

describe("requests that make no difference, or no sense", () => {
  it("D 22: Nomad silently accepts a promotion of an unknown group, or of none; here both are errors", () => {
    const unknown = toldOtherwise("08-refusals", "20-promote-unknown-group");
    expect([unknown.recorded.refused, unknown.ours.refused]).toEqual([false, true]);
    const none = toldOtherwise("08-refusals", "21-promote-no-group-not-all");
    expect([none.recorded.refused, none.ours.refused]).toEqual([false, true]);

    const story = midCanary();
    expect(() => story.promote(["nobody"])).toThrow(expect.objectContaining({ code: "unknown_group" }));
    expect(() => story.promote([])).toThrow(expect.objectContaining({ code: "nothing_named" }));
  });

  it("D 22: in Nomad a resume when running restarts the deadlines; here it changes nothing", () => {
    const story = Story.running(aGroup("old"));
    story.submit(aGroup("new"));
    const { requireProgressBy } = story.deployment.groups["api"] ?? {};
    story.now += MINUTE;

    const resumed = story.send({ kind: "resume", deploymentId: story.deployment.id });

    expect(resumed.changed).toBe(false);
    expect(requireProgressBy).toBeDefined();
    expect(story.deployment.groups["api"]?.requireProgressBy).toBe(requireProgressBy); // Nomad: a minute later
  });

  it("D 22: in Nomad scaling to the same count and stopping a stopped job make a version each; here they change nothing", () => {
    const again = toldOtherwise("11-stop-mid-canary", "04-stop-again");
    expect([again.recorded.version, again.ours.version]).toEqual([3, 2]);

    const story = Story.running(aGroup("only"));
    expect(story.send({ kind: "scale", group: "api", count: 3 }).changed).toBe(false);
    expect(story.state.versions.map(({ version }) => version)).toEqual([0]); // Nomad: 0 and 1
    story.tell({ kind: "stop_job" });
    story.clients();
    expect(story.send({ kind: "stop_job" })).toMatchObject({ changed: false, version: 1 }); // Nomad: 2
  });

  it("D 22: in Nomad a promoted group can be promoted again, which restarts its deadline; here that changes nothing", () => {
    const story = midCanary();
    story.promote();
    story.now += SECOND;
    const before = story.state;

    expect(story.promote()).toMatchObject({ changed: false });
    expect(story.state).toBe(before);
  });

  it('D 22: Nomad\'s "promote all" also marks groups without canaries; here only those that want canaries', () => {
    const groups = (image: string) => [
      aGroup(image),
      aGroup(image, { name: "web", update: { canary: 0, healthCheck: "manual" } }),
    ];
    const story = new Story();
    story.submit(...groups("old"));
    story.report({ healthy: ids(story.live().filter(({ group }) => group === "web")) });
    story.becomeHealthy();
    story.submit(...groups("new"));
    story.becomeHealthy();

    story.promote();

    expect(story.deployment.groups).toMatchObject({ api: { promoted: true }, web: { promoted: false } });
  });
});
