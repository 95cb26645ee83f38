import { describe, expect, it } from "vitest";
import { aGroup, aJob, HOUR, ids, MINUTE, SECOND, Story } from "./a-story.js";

const manual = { healthCheck: "manual" } as const;

describe("deadlines and promotion", () => {
  it("stale plan clears `promoted`", () => {
    const story = Story.running(aGroup("old"));
    story.send({ kind: "submit", job: aJob(aGroup("new")) });
    const stale = story.plan();
    story.send({ kind: "apply_plan", plan: stale, placements: story.place(stale) });
    story.settle();
    story.becomeHealthy();
    story.promote();

    const late = { kind: "apply_plan", plan: stale, placements: story.place(stale) } as const;
    expect(() => story.send(late)).toThrow(expect.objectContaining({ code: "stale_plan" }));
    // And if it claims to be fresh, a promotion is one-way all the same.
    const forged = { ...stale, madeFrom: { ...stale.madeFrom, index: story.state.index } };
    story.send({ kind: "apply_plan", plan: forged, placements: story.place(forged) });

    expect(stale.deployment).toMatchObject({ id: story.deployment.id, groups: { api: { promoted: false } } });
    expect(story.deployment).toMatchObject({ status: "running", groups: { api: { promoted: true } } });
  });

  it("late promotion fails at once by another group's deadline", () => {
    const groups = (image: string) => [
      aGroup(image),
      aGroup(image, { name: "web", update: { canary: 0, progressDeadline: 6 * MINUTE } }),
      aGroup(image, { name: "jobs", update: { progressDeadline: 7 * MINUTE } }),
    ];
    const story = Story.running(...groups("old"));
    story.submit(...groups("new"));
    story.pass(HOUR);
    expect(story.told).toEqual(["0 successful", "1 running"]);

    story.promote(["api"]);
    story.pass(HOUR);
    expect(story.told).toEqual(["0 successful", "1 running"]);
    story.promote(["jobs"]);
    story.pass(HOUR);

    expect(story.told).toEqual(["0 successful", "1 successful"]);
    expect(story.versions).toEqual({ 1: 9 });
  });

  it("paused deployment failed by its deadline", () => {
    const story = new Story();
    story.submit(aGroup("only", { update: { ...manual, canary: 0 } }));
    const { id: deploymentId } = story.deployment;
    story.pass(9 * MINUTE);

    story.tell({ kind: "pause", deploymentId });
    story.pass(HOUR);
    expect(story.told).toEqual(["0 paused"]);

    story.tell({ kind: "resume", deploymentId });
    story.pass(10 * MINUTE - 1);
    expect(story.told).toEqual(["0 running"]);
    story.pass(1);
    expect(story.told).toEqual(["0 failed"]);
  });

  it("groups without canaries block automatic promotion", () => {
    const groups = (image: string) => [
      aGroup(image, { update: { autoPromote: true } }),
      aGroup(image, { name: "web", update: { ...manual, canary: 0 } }),
    ];
    const story = new Story();
    story.submit(...groups("old"));
    story.report({ healthy: ids(story.live().filter(({ group }) => group === "web")) });
    story.becomeHealthy();
    story.submit(...groups("new"));

    story.becomeHealthy();

    expect(story.deployment.groups).toMatchObject({
      api: { promoted: true },
      web: { promoted: false, placedAllocs: 1, healthyAllocs: 0 },
    });
    expect(story.deployment.status).toBe("running");
  });

  it("attempts exhausted yet the deployment waits", () => {
    const once = {
      reschedule: { attempts: 1, interval: HOUR, delay: 5 * SECOND, delayFunction: "constant" },
    } as const;
    const story = Story.running(aGroup("old", once));
    story.submit(aGroup("new", once));

    story.crash(story.first(1).id);
    story.pass(6 * SECOND);
    expect(story.told).toEqual(["0 successful", "1 running"]);
    story.crash(story.first(1).id);

    expect(story.told).toEqual(["0 successful", "1 failed"]);
    expect(story.deployment.statusDescription).toMatch(/unhealthy allocations/);
    expect(story.versions).toEqual({ 0: 3 });
  });

  it("a deployment that finds no room waits for ever", () => {
    const change = { update: { autoRevert: true } };
    const story = Story.running(aGroup("old", change));
    const stable = ids(story.live());
    story.room = 0;
    story.submit(aGroup("new", change));

    story.pass(10 * MINUTE - 1);
    expect(story.told).toEqual(["0 successful", "1 running"]);
    story.pass(1);

    expect(story.told).toEqual(["0 successful", "1 failed", "2 successful"]);
    expect(ids(story.live(2))).toEqual(stable);
  });

  it("automatic promotion asked for again and again", () => {
    const automatic = { update: { autoPromote: true } };
    const story = Story.running(aGroup("old", automatic));
    story.submit(aGroup("new", automatic));
    story.now += 10 * SECOND;

    const ticks = Array.from({ length: 6 }, () => story.send({ kind: "tick" }));

    expect(ticks.filter(({ evaluate }) => evaluate?.because === "promoted")).toHaveLength(1);
    expect(ticks.slice(-3).map(({ changed }) => changed)).toEqual([false, false, false]);
    expect(ticks.at(-1)?.nextTickAt).toBe(story.now + 10 * MINUTE);
    expect(story.deployment.groups["api"]?.promoted).toBe(true);
  });

  it("success declared while a replacement is still pending", () => {
    const story = new Story();
    story.submit(aGroup("only", { count: 2, update: { ...manual, canary: 0 } }));
    const [first = "", second = ""] = ids(story.live());
    story.report({ healthy: [first] });
    story.crash(first);

    story.report({ healthy: [second] });
    expect(story.deployment).toMatchObject({ status: "running", groups: { api: { healthyAllocs: 2 } } });
    story.pass(MINUTE);
    expect(story.live()).toHaveLength(2);
    expect(story.told).toEqual(["0 running"]);

    story.report({ healthy: ids(story.live().filter((one) => one.previousAllocation === first)) });
    expect(story.told).toEqual(["0 successful"]);
  });
});
