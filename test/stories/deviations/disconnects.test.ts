import { describe, expect, it } from "vitest";
import { aGroup, HOUR, MINUTE, SECOND, Story } from "../regressions/a-story.js";
import { decidedOtherwise } from "./decided-otherwise.js";

describe("nodes that go away and come back", () => {
  it("D 26: in Nomad a replacement stopped because its original came back is placed again and stopped twice; here it leaves every set", () => {
    const { nomad, here } = decidedOtherwise(26, "spec-questions/reconnect-loser-is-rescheduled-too");
    expect(nomad["stop"]).toEqual([
      { id: "alloc-02", reason: "reconnected" },
      { id: "alloc-02", reason: "rescheduled" },
    ]);
    expect(nomad["place"]).toMatchObject([{ previous: "alloc-02", reschedule: true }]);

    expect(here["stop"]).toEqual([{ id: "alloc-02", reason: "reconnected" }]);
    expect(here["place"]).toEqual([]);
  });

  it("D 26: in Nomad such a replacement that is due later gets a follow-up all the same; here nothing waits for it", () => {
    const { nomad, here } = decidedOtherwise(26, "spec-questions/reconnect-loser-due-later");
    expect(nomad["followUps"]).toMatchObject({ web: [{ cause: "reschedule", allocations: ["alloc-02"] }] });
    expect(here["followUps"]).toEqual({});
  });

  it("D 26: in Nomad such a replacement whose own time-out has passed is stopped as lost besides; here it is stopped once", () => {
    const { nomad, here } = decidedOtherwise(26, "spec-questions/reconnect-loser-expired");
    expect(nomad["stop"]).toEqual([
      { clientStatus: "lost", id: "alloc-02", reason: "lost" },
      { id: "alloc-02", reason: "reconnected" },
    ]);
    expect(here["stop"]).toEqual([{ id: "alloc-02", reason: "reconnected" }]);
  });

  it.each(["canary-disconnecting", "canary-reconnecting"])(
    "D 28: in Nomad a canary on a disconnected or returning node counts as a stable allocation, so that one canary too many is placed and a stable one is stopped; here it stays a canary (%s)",
    (question) => {
      const { nomad, here } = decidedOtherwise(28, `spec-questions/${question}`);
      expect(nomad["place"]).toMatchObject([{ canary: true, name: "shop.web[1]" }]);
      expect(nomad["stop"]).toEqual([{ id: "alloc-02", reason: "not_needed" }]);

      expect(here["place"]).toEqual([]);
      expect(here["stop"]).toEqual([]);
    },
  );

  it("D 30: while a lost one waits for its client, Nomad stops a due failure without a replacement; here it is not stopped before it is replaced", () => {
    const { nomad, here } = decidedOtherwise(30, "spec-questions/client-wait-failed-stopped-unreplaced");
    expect(nomad["stop"]).toMatchObject([{ reason: "lost" }, { id: "alloc-02", reason: "rescheduled" }]);
    expect(nomad["place"]).toEqual([]);

    expect(here["stop"]).toMatchObject([{ id: "alloc-01", reason: "lost" }]);
    expect(here["place"]).toEqual([]);
  });

  it("D 30: in Nomad the history of that failure is lost with it; here it is replaced, and chained, once the wait is over", () => {
    const story = Story.running(aGroup("only", { count: 2, disconnect: { stopOnClientAfter: MINUTE } }));
    const [lost, failed] = story.live();
    if (lost === undefined || failed === undefined) throw new Error("two ran");
    story.tell({ kind: "update_node", node: { id: lost.nodeId, status: "down" } });
    story.crash(failed.id);
    story.pass(40 * SECOND);
    // Due ten seconds ago, and nothing may be placed before the client of the other one had its time.
    expect(story.allocation(failed.id)).toMatchObject({ clientStatus: "failed", desiredStatus: "run" });

    story.pass(2 * MINUTE);

    const [replacement] = story.live().filter((one) => one.previousAllocation === failed.id);
    expect(replacement?.reschedule?.events).toMatchObject([{ previousAllocationId: failed.id }]);
    expect(story.live()).toHaveLength(2);
  });

  it("D 37: Nomad does not count unknown allocations as surplus, yet stops one as surplus and then counts it; here neither", () => {
    const { nomad, here, vector } = decidedOtherwise(37, "walk-disconnect/4-11");
    // One of four is still wanted. Nomad stops two of four, of which one is unknown, and two run on.
    expect(vector.input.versions.at(-1)?.groups[0]?.count).toBe(1);
    expect(vector.input.allocations.filter((one) => one.clientStatus === "unknown")).toMatchObject([
      { id: "alloc-03" },
    ]);
    expect(nomad["stop"]).toMatchObject([{ id: "alloc-03" }, { id: "alloc-04" }]);
    expect(nomad["inPlace"]).toEqual(["alloc-05", "alloc-06"]);

    expect(here["stop"]).toMatchObject([{ id: "alloc-03" }, { id: "alloc-04" }, { id: "alloc-06" }]);
    expect(here["inPlace"]).toEqual(["alloc-05"]);
  });

  it("D 38: Nomad forgets the wait for a lost node's client as soon as the lost allocation is marked stopped, and places; here the wait lasts as long as it should", () => {
    const { nomad, here, plan } = decidedOtherwise(38, "walk-disconnect/10-3");
    expect(nomad["place"]).toMatchObject([
      { name: "shop.web[1]" },
      { name: "shop.web[2]" },
      { name: "shop.web[3]" },
    ]);
    expect(here["place"]).toEqual([]);
    expect(plan.waiting).toMatchObject([{ for: "client_stop" }]);

    const story = Story.running(aGroup("only", { disconnect: { stopOnClientAfter: MINUTE } }));
    story.nodeOf(story.first(0), "down");
    // Nomad: the evaluation that follows at once places the third again.
    story.pass(MINUTE);
    expect(story.live()).toHaveLength(2);
    story.pass(HOUR);
    expect(story.live()).toHaveLength(3);
  });
});
