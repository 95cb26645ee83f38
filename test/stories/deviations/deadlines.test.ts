import { describe, expect, it } from "vitest";
import { reconcile } from "../../../src/index.js";
import { aDeployment, anAllocation, anInput, aJob as aVersion, aGroup as aWeb } from "../../unit/a-job.js";
import { aGroup, aJob, HOUR, MINUTE, midCanary, SECOND, Story } from "../regressions/a-story.js";
import { decidedOtherwise } from "./decided-otherwise.js";

describe("deadlines, and room", () => {
  it("D 15: Nomad's default `progressDeadline` makes a `healthyDeadline` of 10 min invalid, as in its own tutorial; here the default is the larger of 10 min and `healthyDeadline` + 5 min", () => {
    const bare = ({ update: _, ...group } = aGroup("only")) => group;
    const submitted = (update: { healthyDeadline?: number; progressDeadline?: number }) => {
      const story = new Story();
      story.tell({ kind: "submit", job: aJob({ ...bare(), update }) });
      return story.deployment.groups["api"]?.progressDeadline;
    };
    expect(submitted({ healthyDeadline: 10 * MINUTE })).toBe(15 * MINUTE); // Nomad: refused
    expect(submitted({ healthyDeadline: 2 * MINUTE })).toBe(10 * MINUTE);
    expect(() => submitted({ healthyDeadline: 10 * MINUTE, progressDeadline: 10 * MINUTE })).toThrow(
      expect.objectContaining({ code: "invalid_job" }),
    );
  });

  it("D 20: Nomad's progress deadline starts with the first placement, so that a deployment which finds no room waits for ever; here it starts with the deployment", () => {
    const change = { update: { autoRevert: true } };
    const story = Story.running(aGroup("old", change));
    story.room = 0;
    story.submit(aGroup("new", change));
    expect(story.deployment.groups["api"]).toMatchObject({
      placedAllocs: 0,
      requireProgressBy: story.now + 10 * MINUTE, // Nomad: none
    });

    story.pass(10 * MINUTE);
    expect(story.told).toEqual(["0 successful", "1 failed", "2 successful"]);
  });

  it("D 43: Nomad makes a second deployment of a stable version, when all nodes were down for a while or after a scale; here a stable version needs none", () => {
    const { nomad, here, vector } = decidedOtherwise(43, "drain/7");
    expect(vector.input.deployments).toContainEqual(
      expect.objectContaining({ jobVersion: 4, status: "successful" }),
    );
    expect(nomad["deployment"]).toMatchObject({ status: "running" });
    expect(here["deployment"]).toBeNull();

    const story = Story.running(aGroup("only"));
    story.room = 0;
    for (const one of story.live()) story.nodeOf(one, "down");
    expect(story.live()).toEqual([]);
    story.roomAgain();
    expect(story.live()).toHaveLength(3);
    expect(story.told).toEqual(["0 successful"]); // Nomad: and a running one
  });

  it("D 43: in Nomad nothing of the job is ever placed again once that one failed; here a stable version's failed deployment binds nothing", () => {
    const group = aWeb({ update: { maxParallel: 1 } });
    const placed = (stable: boolean) =>
      reconcile(
        anInput({
          versions: [aVersion({ stable, groups: [group] })],
          // One of three is not there; nothing is in its stead.
          allocations: [anAllocation(0), anAllocation(2)],
          deployments: [aDeployment({ status: "failed" })],
        }),
      ).actions.filter(({ kind }) => kind === "place");

    expect(placed(true)).toMatchObject([{ name: "shop.web[1]", version: "current" }]); // Nomad: nothing
    expect(placed(false)).toEqual([]);
  });

  it("D 43: Nomad's deadline runs out for want of room where there is nothing to go back to; here it does not", () => {
    const story = new Story({ room: 1 });
    story.submit(aGroup("only"));
    story.pass(HOUR);
    expect(story.told).toEqual(["0 running"]);

    story.roomAgain();
    story.becomeHealthy();
    expect(story.told).toEqual(["0 successful"]);
    expect(story.live()).toHaveLength(3);
  });

  it("D 48: Nomad judges all groups when the first deadline passes; here each by its own", () => {
    const groups = [
      aGroup("only", { update: { canary: 0, healthCheck: "manual", progressDeadline: 30 * MINUTE } }),
      aGroup("only", { name: "web", update: { canary: 0, progressDeadline: 6 * MINUTE } }),
    ];
    const story = new Story();
    story.submit(...groups);
    // `web` is done long before its deadline; `api` has half an hour.
    story.pass(30 * MINUTE - 1);
    expect(story.told).toEqual(["0 running"]); // Nomad: failed after six minutes
    story.pass(1);
    expect(story.told).toEqual(["0 failed"]);
  });

  it("D 48: in Nomad one that has passed while waiting for a promotion fails the deployment as soon as a canary dies; here none runs while only waiting", () => {
    const story = midCanary();
    story.pass(HOUR);
    expect(story.deployment.groups["api"]?.requireProgressBy).toBeUndefined();

    story.crash(story.first(1).id);
    story.now += SECOND;
    story.tell({ kind: "tick" });

    expect(story.told).toEqual(["0 successful", "1 running"]); // Nomad: failed
    expect(story.deployment.groups["api"]?.requireProgressBy).toBe(story.now - SECOND + 10 * MINUTE);
    story.pass(2 * MINUTE);
    story.promote();
    story.pass(5 * MINUTE);
    expect(story.told).toEqual(["0 successful", "1 successful"]);
  });

  it("D 48: in Nomad it does so too when nobody looked in the meantime; here the canary's death starts a deadline that has the whole of its time", () => {
    const story = midCanary();
    // No tick, so that the old deadline is still there, and long over.
    story.now += HOUR;
    expect(story.deployment.groups["api"]?.requireProgressBy).toBeLessThan(story.now);

    story.crash(story.first(1).id);
    story.tell({ kind: "tick" });

    expect(story.told).toEqual(["0 successful", "1 running"]);
    expect(story.deployment.groups["api"]?.requireProgressBy).toBe(story.now + 10 * MINUTE);
  });
});
