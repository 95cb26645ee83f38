import { describe, expect, it } from "vitest";
import { aGroup, aJob, HOUR, ids, MINUTE, SECOND, Story } from "./a-story.js";

describe("jobs and versions", () => {
  it("old failed allocations rescheduled by each new deployment", () => {
    const once = {
      reschedule: { attempts: 1, interval: HOUR, delay: 5 * SECOND, delayFunction: "constant" },
      update: { canary: 0 },
    } as const;
    const story = Story.running(aGroup("zero", once));
    const { id } = story.first(0);
    story.crash(id);
    story.pass(10 * SECOND);
    const [again] = story.live().filter((one) => one.previousAllocation === id);
    story.crash(again?.id ?? "");
    story.pass(MINUTE);
    expect(story.versions).toEqual({ 0: 2 });

    for (const image of ["one", "two", "three"]) {
      story.submit(aGroup(image, once));
      story.pass(5 * MINUTE);
    }

    // Three at first, one rescheduled, and three for every version since.
    expect(story.state.allocations).toHaveLength(3 + 1 + 3 * 3);
    expect(story.versions).toEqual({ 3: 3 });
    const replaced = story.state.allocations.flatMap(({ previousAllocation: of }) => of ?? []);
    expect(new Set(replaced).size).toBe(replaced.length);
    expect(story.deployments.map(({ status }) => status)).toEqual(Array(4).fill("successful"));
  });

  it("a revert to a purged registration", () => {
    const reverting = { update: { canary: 0, autoRevert: true } };
    const story = Story.running(aGroup("zero", reverting));
    story.submit(aGroup("one", reverting));
    story.pass(5 * MINUTE);
    const [purged] = story.live(1);

    // Some of what was purged still runs when the job is registered anew, so that its version is still known.
    story.send({ kind: "stop_job", purge: true });
    story.submit(aGroup("anew", reverting));
    expect(story.state.versions).toContainEqual(
      expect.objectContaining({ version: 1, createIndex: purged?.jobCreateIndex, stable: true }),
    );
    expect(() => story.send({ kind: "revert", to: { version: 1 } })).toThrow(
      expect.objectContaining({ code: "unknown_version" }),
    );
    const { rollback } = story.send({ kind: "fail", deploymentId: story.deployment.id });

    expect(rollback).toEqual({ kind: "no_stable_version" });
    expect(story.deployment).toMatchObject({ jobVersion: 0, status: "failed" });
    const newest = Math.max(...story.state.versions.map(({ createIndex }) => createIndex));
    expect(story.state.versions.filter((job) => job.createIndex === newest)).toHaveLength(1);
  });

  it("versions compared as text above 255", () => {
    const change = { update: { autoRevert: true } };
    const story = new Story();
    for (let version = 0; version <= 255; version++) {
      story.send({ kind: "submit", job: aJob(aGroup(`v${version}`, change)) });
    }
    story.settle();
    story.pass(MINUTE);
    expect(story.versions).toEqual({ 255: 3 });

    for (const image of ["v256", "v257"]) story.submit(aGroup(image, change));
    story.nodeOf(story.first(255), "down");
    expect(story.versions).toEqual({ 255: 3, 257: 1 });
    story.becomeHealthy();
    story.fail();
    story.pass(MINUTE);

    expect(story.versions).toEqual({ 258: 3 });
    expect(story.state.versions.map(({ version }) => version).sort()).toEqual([253, 254, 255, 256, 257, 258]);
    expect(story.told).toEqual(["255 successful", "256 cancelled", "257 failed", "258 successful"]);
  });

  it("stopping a job leaves some running", () => {
    const patient = { count: 4, disconnect: { lostAfter: HOUR } };
    const story = Story.running(aGroup("old", patient));
    story.submit(aGroup("new", patient));
    const [away, moving, failing] = story.live(0);
    if (away === undefined || moving === undefined || failing === undefined) throw new Error("four ran");
    story.tell({ kind: "update_node", node: { id: away.nodeId, status: "disconnected" } });
    story.send({ kind: "migrate", allocationIds: [moving.id] });
    story.crash(failing.id);
    expect(story.allocation(away.id).clientStatus).toBe("unknown");

    story.tell({ kind: "stop_job" });
    const before = ids(story.state.allocations);
    story.pass(2 * HOUR);

    expect(story.live()).toEqual([]);
    const wanted = story.state.allocations.filter((one) => one.desiredStatus === "run");
    expect(ids(wanted)).toEqual([failing.id]);
    expect(ids(story.state.allocations)).toEqual(before);
    expect(story.told).toEqual(["0 successful", "1 cancelled"]);
  });
});
