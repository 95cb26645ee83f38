import { describe, expect, it } from "vitest";
import { aGroup, MINUTE, midCanary, Story } from "../regressions/a-story.js";
import { decidedOtherwise, recorded } from "./decided-otherwise.js";

describe("what is placed and what is stopped", () => {
  it("D 3: Nomad cuts the joined placements at the count but keeps the stops; here nothing is cut, and what moves is placed again", () => {
    const { nomad, here, vector } = decidedOtherwise(3, "canary/14");
    const moves = { id: "alloc-01", reason: "migrating" };
    expect(vector.expected.stop).toContainEqual(moves);
    // Two canaries and the lost one: that is three, and the one that was to move is gone.
    expect(nomad["place"]).not.toContainEqual(expect.objectContaining({ previous: "alloc-01" }));
    expect(nomad["place"]).toHaveLength(3);

    expect(here["stop"]).toContainEqual(moves);
    expect(here["place"]).toContainEqual(expect.objectContaining({ previous: "alloc-01", canary: false }));
    expect(here["place"]).toHaveLength(4);
  });

  it("D 3: Nomad cuts the canaries at the count too; here as many are placed as are wanted, and no more", () => {
    const { nomad, here, vector } = decidedOtherwise(3, "walk-canary/2-26");
    expect(vector.input.versions.at(-1)?.groups[0]).toMatchObject({ count: 1, update: { canary: 2 } });
    expect(nomad["place"]).toMatchObject([{ canary: true }]);
    expect(here["place"]).toMatchObject([{ canary: true }, { canary: true }]);
  });

  it("D 4: while canarying, Nomad lets a prefix of its list stand in for the lost ones, so that one is replaced twice and another not at all; here each exactly once", () => {
    const { nomad, here, vector } = decidedOtherwise(4, "version-of-placement/51");
    expect(vector.expected.stop).toMatchObject([
      { id: "alloc-11", reason: "lost" },
      { id: "alloc-09", reason: "rescheduled" },
    ]);
    const canary = { canary: true, name: "shop.web[1]" };
    expect(nomad["place"]).toMatchObject([{ previous: "alloc-09" }, { previous: "alloc-09" }, canary]);
    expect(here["place"]).toMatchObject([{ previous: "alloc-11" }, { previous: "alloc-09" }, canary]);
  });

  it("D 8: Nomad never tries again when the first reschedule found no room and `attempts` is limited; here it is tried again", () => {
    const { nomad, here } = decidedOtherwise(8, "spec-questions/no-room-with-limited-attempts");
    expect(nomad["place"]).toEqual([]);
    expect(here["place"]).toMatchObject([{ previous: "alloc-01", reschedule: true }]);
    expect(here["stop"]).toEqual([{ id: "alloc-01", reason: "rescheduled" }]);
  });

  it("D 27: Nomad replaces one twice that migrates and is due to be rescheduled, or counts it twice so that the group stays one short; here it counts once", () => {
    const { nomad, here, vector } = decidedOtherwise(27, "walk-batch/1-26");
    expect(vector.input.versions.at(-1)?.groups[0]?.count).toBe(3);
    // Two are complete and of an older version, so that three are wanted.
    expect(nomad["place"]).toMatchObject([{ name: "shop.web[0]" }, { previous: "alloc-15" }]);
    expect(here["place"]).toMatchObject([
      { name: "shop.web[0]" },
      { name: "shop.web[1]", previous: "alloc-15" },
      { name: "shop.web[2]" },
    ]);
  });

  it("D 27: in Nomad such a canary is placed twice, as a reschedule and as a migration; here once", () => {
    const { nomad, here } = decidedOtherwise(27, "classify/16");
    const [failed, canary] = [{ previous: "alloc-03" }, { previous: "alloc-04", canary: true }];
    expect(nomad["place"]).toMatchObject([failed, canary, canary]);
    // The place that the second one took there is the one that the group was short of.
    expect(here["place"]).toMatchObject([{ name: "shop.web[1]" }, failed, canary]);
  });

  it("D 36: Nomad replaces due failures beyond a lowered count and stops the surplus later; here what is not needed is not replaced", () => {
    const { nomad, here } = decidedOtherwise(36, "names/8");
    expect(nomad["place"]).toMatchObject([{ previous: "alloc-03", name: "shop.web[2]" }]);
    expect(nomad["stop"]).toContainEqual({ id: "alloc-03", reason: "rescheduled" });

    expect(here["place"]).toEqual([]);
    expect(here["stop"]).toContainEqual({ id: "alloc-03", reason: "not_needed" });
  });

  it("D 40: Nomad stops a batch allocation again that is stopped already when its group is gone or zero; here it is not stopped again", () => {
    const { nomad, here, vector } = decidedOtherwise(40, "spec-questions/removed-group-batch-drained");
    expect(vector.input.allocations).toMatchObject([{ id: "alloc-01", desiredStatus: "stop" }]);
    expect(nomad["stop"]).toEqual([{ id: "alloc-01", reason: "not_needed" }]);
    expect(here["stop"]).toEqual([]);
  });

  it("D 44: Nomad neither adopts nor replaces an older allocation that failed for good when a version changes only in place; here a new version is a new try", () => {
    const { nomad, here } = decidedOtherwise(44, "deployments/30");
    expect(nomad["place"]).toEqual([]);
    expect(here["place"]).toMatchObject([{ name: "shop.web[0]" }]);
    expect(here["inPlace"]).toEqual(["alloc-02"]);

    const never = { reschedule: { attempts: 0 }, update: { canary: 0 } };
    const story = Story.running(aGroup("only", never));
    const { id } = story.first(0);
    story.crash(id);
    expect(story.versions).toEqual({ 0: 2 });
    story.submit(aGroup("only", { ...never, shutdownDelay: 5_000 }));
    expect(story.versions).toEqual({ 1: 3 }); // Nomad: two
  });
});

describe("canaries", () => {
  it("D 25: Nomad chains a canary to one that is rescheduled, but to none that was lost or stopped; here the rescheduled one is chained as well", () => {
    const { expected } = recorded("walk-canary/2-6").vector;
    expect(expected.stop).toContainEqual({ id: "alloc-04", clientStatus: "lost", reason: "lost" });
    expect(expected.place).toContainEqual(expect.objectContaining({ canary: true, name: "shop.web[1]" }));
    expect(expected.place).not.toContainEqual(expect.objectContaining({ previous: "alloc-04" }));

    const story = midCanary();
    const failed = story.first(1);
    story.crash(failed.id);
    story.pass(MINUTE);

    expect(story.canaries).toMatchObject([{ previousAllocation: failed.id, jobVersion: 1 }]);
    expect(story.allocation(failed.id).nextAllocation).toBe(story.first(1).id);
  });

  it("D 25: Nomad does not chain a canary to the lost one in whose stead it is placed; here neither, it is a new canary", () => {
    const story = midCanary();
    story.nodeOf(story.first(1), "down");

    expect(story.canaries).toHaveLength(1);
    expect(story.canaries[0]?.previousAllocation).toBeUndefined();
  });

  it("D 25: Nomad does not chain it to one that somebody stopped either; here neither", () => {
    const story = midCanary();
    story.tell({ kind: "stop_allocation", allocationId: story.first(1).id });

    expect(story.canaries).toHaveLength(1);
    expect(story.canaries[0]?.previousAllocation).toBeUndefined();
  });

  it("D 41: Nomad stops and forgets a former canary of a promoted group that migrates, and replaces it without a link; here it is an ordinary allocation", () => {
    const { nomad, here } = decidedOtherwise(41, "promote/24");
    expect(nomad["place"]).toMatchObject([{ name: "shop.web[0]" }]);
    expect(nomad["place"]).not.toMatchObject([{ previous: "alloc-01" }]);
    expect(here["place"]).toMatchObject([{ name: "shop.web[1]", previous: "alloc-01" }]);
  });

  it("D 41: Nomad does not replace a lost former canary at all while paused; here it is replaced", () => {
    const story = midCanary();
    const former = story.first(1);
    story.promote();
    story.tell({ kind: "pause", deploymentId: story.deployment.id });
    expect(story.versions).toEqual({ 0: 1, 1: 2 });
    story.nodeOf(former, "down");

    expect(story.live()).toContainEqual(
      expect.objectContaining({ previousAllocation: former.id, name: former.name, jobVersion: 1 }),
    );
    expect(story.versions).toEqual({ 0: 1, 1: 2 }); // Nomad: one less
  });

  it("D 42: in Nomad a canary that completed counts for ever, and the group is left canarying with nothing to promote; here missing canaries are always owed", () => {
    const completed = decidedOtherwise(42, "spec-questions/complete-canary-counts");
    expect(completed.nomad["place"]).toEqual([]);
    expect(completed.here["place"]).toMatchObject([{ canary: true, name: "shop.web[0]" }]);
  });

  it("D 42: Nomad wants canaries only while something is destructive; here also when all that is left runs the new version", () => {
    const { nomad, here, vector } = decidedOtherwise(42, "disconnect/24");
    expect(vector.input.versions).toHaveLength(1);
    expect(vector.input.deployments[0]?.groups["web"]).toMatchObject({ desiredCanaries: 1, promoted: false });
    expect(nomad["place"]).toEqual([]);
    expect(here["place"]).toMatchObject([{ canary: true }]);
  });
});
