import { describe, expect, it, vi } from "vitest";
import { nomadSummary, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aGroup, aJob, anAllocation, anInput, NOW } from "../../unit/a-job.js";
import { recorded } from "./decided-otherwise.js";

/** Half a minute after its failure one is due. */
function failedAt(time: number): ReconcileInput {
  const policy = { delay: 30_000, delayFunction: "constant", unlimited: true } as const;
  const failed = anAllocation(0, { clientStatus: "failed", modifiedAt: time });
  return anInput({
    versions: [aJob({ groups: [aGroup({ count: 1, reschedule: policy })] })],
    allocations: [failed],
  });
}

describe("what a decision depends on, and what it tells", () => {
  it.each(["classify/1", "old-versions/17", "spec-questions/surplus-highest-name-is-a-canary"])(
    "D 1: in Nomad the iteration order of maps decides which of several equal allocations is stopped; here the order is canonical (%s)",
    (id) => {
      const { vector, plan } = recorded(id);
      const stopped = vector.alternatives?.map(({ stop }) => JSON.stringify(stop));
      // Nomad, asked again and again: more than one answer.
      expect(new Set(stopped).size).toBeGreaterThan(1);

      const { allocations, deployments, nodes = [], versions, ...rest } = vector.input;
      const inAnotherOrder = reconcile({
        ...rest,
        allocations: [...allocations].reverse(),
        deployments: [...deployments].reverse(),
        nodes: [...nodes].reverse(),
        versions: [...versions].reverse(),
      });
      expect(inAnotherOrder).toEqual(plan);
    },
  );

  it("D 1: of what Nomad stops at random, three stable ones whose count was lowered; here it is always the one with the highest name", () => {
    const { plan } = recorded("spec-questions/surplus-highest-name-is-a-canary");
    const stopped = plan.actions.filter(({ kind }) => kind === "stop");
    expect(stopped).toMatchObject([{ allocationId: "alloc-03" }]); // Nomad: alloc-01, alloc-02 or alloc-03
  });

  it("D 2: Nomad reads the clock and draws random ids inside the computation; here `now` and ids are arguments", () => {
    const forbidden = () => {
      throw new Error("this must come in as an argument");
    };
    const spies = [
      vi.spyOn(Date, "now").mockImplementation(forbidden),
      vi.spyOn(Math, "random").mockImplementation(forbidden),
      vi.spyOn(globalThis.crypto, "randomUUID").mockImplementation(forbidden),
    ];
    const early = reconcile(failedAt(NOW - 10_000));
    const again = reconcile(failedAt(NOW - 10_000));
    const due = reconcile(failedAt(NOW - 30_000));
    const named = reconcile({ ...failedAt(NOW - 10_000), evaluationId: "eval-2" });
    for (const spy of spies) spy.mockRestore();

    expect(again).toEqual(early); // Nomad: the follow-up's id is another one each time
    expect(early.followUps).toMatchObject([{ id: "eval-1/web/0", at: NOW + 20_000 }]);
    expect(named.followUps).toMatchObject([{ id: "eval-2/web/0" }]);
    expect(due.followUps).toEqual([]);
    expect(due.groups["web"]).toMatchObject({ place: 1 });
  });

  it("D 9: Nomad's summary leaves lost canaries out of its stops; here counts are what the actions say, and `nomadSummary` gives Nomad's", () => {
    const { vector, plan } = recorded("paused/36");
    expect(plan.actions.filter(({ kind }) => kind === "stop")).toMatchObject([
      { allocationId: "alloc-02", reason: { code: "lost" } },
    ]);

    expect(vector.expected.groups).toMatchObject({ web: { stop: 0 } });
    expect(nomadSummary(plan)).toMatchObject({ web: { stop: 0 } });
    expect(plan.groups).toMatchObject({ web: { stop: 1 } });
  });

  it("D 9: Nomad counts a reschedule only where something disconnects, and no migrating canary; here both are counted, and `nomadSummary` does as Nomad", () => {
    const rescheduled = recorded("lost/36");
    expect(rescheduled.vector.expected.groups).toMatchObject({ web: { place: 1, rescheduleNow: 0 } });
    expect(nomadSummary(rescheduled.plan)).toEqual(rescheduled.vector.expected.groups);
    expect(rescheduled.plan.groups).toMatchObject({ web: { place: 1, rescheduleNow: 1 } });

    const migrating = recorded("walk-canary/4-12");
    expect(migrating.vector.expected.groups).toMatchObject({ web: { canary: 1, migrate: 0 } });
    expect(nomadSummary(migrating.plan)).toEqual(migrating.vector.expected.groups);
    expect(migrating.plan.groups).toMatchObject({ web: { canary: 1, migrate: 1 } });
  });

  it("D 9: Nomad's stops count batch allocations that stopped long ago when their group goes; here only those that are stopped now", () => {
    const gone = anAllocation(0, { desiredStatus: "stop", clientStatus: "complete" });
    const plan = reconcile(
      anInput({ versions: [aJob({ type: "batch", groups: [aGroup({ count: 0 })] })], allocations: [gone] }),
    );
    expect(nomadSummary(plan)).toMatchObject({ web: { stop: 1 } });
    expect(plan.groups).toMatchObject({ web: { stop: 0 } });
  });
});
