import { describe, expect, it } from "vitest";
import { applyPlan, type JobState, updateClients } from "../../../src/index.js";
import { NOW } from "../a-job.js";
import { aPlan, aStop, canarying, groupIn, running } from "./a-state.js";

describe("a canary that only waited for its promotion, and fell", () => {
  const manual = { update: { maxParallel: 1, canary: 1, healthCheck: "manual" } } as const;
  const due = { requireProgressBy: NOW - 1 };

  /** One that may fail and be tried again. */
  function patient(state: JobState): JobState {
    const reschedule = { delay: 1_000, delayFunction: "constant", unlimited: true } as const;
    const versions = state.versions.map((job) => ({
      ...job,
      groups: job.groups.map((group) => ({ ...group, reschedule })),
    }));
    return { ...state, versions };
  }

  it("begins a new deadline, whoever it fell by", () => {
    const failed = { allocationId: "canary-0", clientStatus: "failed" } as const;
    const state = patient(canarying({ ...manual, group: due }));
    const fallen = updateClients(state, { updates: [failed], now: NOW }).state;
    expect(groupIn(fallen, "deploy-1").requireProgressBy).toBe(NOW + 600_000);
    const plan = aPlan(state, { actions: [aStop("canary-0")] });
    const stopped = applyPlan(state, { plan, placements: [], now: NOW }).state;
    expect(groupIn(stopped, "deploy-1").requireProgressBy).toBe(NOW + 600_000);
  });

  it("an old deadline goes on where it did not wait for its promotion alone", () => {
    const two = patient(canarying({ ...manual, group: { ...due, desiredCanaries: 2 } }));
    const update = { allocationId: "canary-0", clientStatus: "failed" } as const;
    const after = updateClients(two, { updates: [update], now: NOW - 2 }).state;
    expect(groupIn(after, "deploy-1").requireProgressBy).toBe(NOW - 1);
  });

  it("an old deadline goes on where nothing that was healthy fell", () => {
    const state = canarying({ ...manual, group: due });
    const updates = [{ allocationId: "canary-0", taskStates: { main: running(NOW) } }];
    expect(groupIn(updateClients(state, { updates, now: NOW }).state, "deploy-1").requireProgressBy).toBe(
      NOW - 1,
    );
    const another = [{ allocationId: "allocation-0", clientStatus: "failed" }] as const;
    const undecided = canarying({ ...manual, group: { ...due, placedCanaries: [], desiredCanaries: 1 } });
    expect(
      groupIn(updateClients(undecided, { updates: another, now: NOW }).state, "deploy-1").requireProgressBy,
    ).toBe(NOW - 1);
  });
});
