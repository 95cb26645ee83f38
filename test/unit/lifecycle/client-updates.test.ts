import { describe, expect, it } from "vitest";
import { type ClientStatus, type ClientUpdate, type JobState, updateClients } from "../../../src/index.js";
import { anAllocation, NOW } from "../a-job.js";
import { allocationIn, aState, running } from "./a-state.js";

function report(state: JobState, ...updates: readonly Partial<ClientUpdate>[]) {
  return updateClients(state, {
    updates: updates.map((one) => ({ allocationId: "allocation-0", ...one })),
    now: NOW,
  });
}

function inStatus(clientStatus: ClientStatus): JobState {
  return aState({ allocations: [anAllocation(0, { clientStatus })] });
}

describe("what nodes report", () => {
  it("is merged: tasks and checks by their names, what is left out stays", () => {
    const state = aState({
      allocations: [
        anAllocation(0, {
          taskStates: { main: running(1), log: running(2) },
          checks: { http: { status: "pending", since: 3 } },
        }),
        anAllocation(1),
      ],
    });
    const done = report(state, {
      taskStates: { log: running(4) },
      checks: { tcp: { status: "success", since: 5 } },
    });
    expect(allocationIn(done.state, "allocation-0")).toMatchObject({
      clientStatus: "running",
      taskStates: { main: running(1), log: running(4) },
      checks: { http: { status: "pending", since: 3 }, tcp: { status: "success", since: 5 } },
      modifiedAt: NOW,
    });
    expect(allocationIn(done.state, "allocation-1").modifiedAt).toBeLessThan(NOW);
  });

  it("and is so already changes nothing", () => {
    const state = aState({ allocations: [anAllocation(0, { taskStates: { main: running(1) } })] });
    const done = report(state, { clientStatus: "running", taskStates: { main: running(1) } });
    expect(done.state).toBe(state);
    expect(done.changed).toBe(false);
  });

  it.each(["failed", "complete", "lost"] as const)(
    "asks for an evaluation when one is newly %s",
    (clientStatus) => {
      const done = report(inStatus("running"), { clientStatus });
      expect(done.evaluate).toEqual({ because: "client_update" });
    },
  );

  it("asks for an evaluation when one comes back", () => {
    const done = report(inStatus("unknown"), { clientStatus: "running" });
    expect(done.evaluate).toEqual({ because: "client_update" });
  });

  it("asks for none when one only begins to run", () => {
    const done = report(inStatus("pending"), { clientStatus: "running" });
    expect(done.changed).toBe(true);
    expect(done.evaluate).toBeUndefined();
  });

  it("asks for none when one that ended only tells more of it", () => {
    const dead = { main: { state: "dead", failed: true, finishedAt: NOW } } as const;
    const done = report(inStatus("failed"), { taskStates: dead });
    expect(done.changed).toBe(true);
    expect(done.evaluate).toBeUndefined();
  });

  it("of a lost one goes into its history", () => {
    const done = report(inStatus("running"), { clientStatus: "lost" });
    expect(allocationIn(done.state, "allocation-0").clientStatusHistory).toEqual([
      { status: "lost", at: NOW },
    ]);
  });

  it.each(["complete", "failed", "lost"] as const)("is refused when it revives one that is %s", (ended) => {
    for (const clientStatus of ["pending", "running", "unknown"] as const) {
      expect(() => report(inStatus(ended), { clientStatus })).toThrow(
        expect.objectContaining({ code: "allocation_terminal" }),
      );
    }
  });

  it("is done for all or for none", () => {
    const state = aState({ allocations: [anAllocation(0), anAllocation(1, { clientStatus: "complete" })] });
    expect(() =>
      report(state, { clientStatus: "failed" }, { allocationId: "allocation-1", clientStatus: "running" }),
    ).toThrow(expect.objectContaining({ code: "allocation_terminal" }));
    expect(allocationIn(state, "allocation-0").clientStatus).toBe("running");
  });
});
