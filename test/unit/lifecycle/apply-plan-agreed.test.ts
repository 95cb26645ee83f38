import { describe, expect, it } from "vitest";
import {
  applyPlan,
  emptyJobState,
  placementsOf,
  planHash,
  reconcile,
  scale,
  submit,
} from "../../../src/index.js";
import { aJob, NOW } from "../a-job.js";
import { refusalOf } from "./a-state.js";

const submitted = submit(emptyJobState(), { job: aJob(), now: NOW }).state;
const seen = reconcile({ ...submitted, now: NOW, evaluationId: "preview" });
const agreed = planHash(seen);

describe("apply exactly this", () => {
  it("applies the plan that somebody saw, made again under another name", () => {
    const plan = reconcile({ ...submitted, now: NOW + 5_000, evaluationId: "eval-1" });
    const placements = placementsOf(plan).map(({ placement }) => ({ placement, noRoom: true as const }));
    expect(applyPlan(submitted, { plan, placements, planHash: agreed, now: NOW + 5_000 }).changed).toBe(true);
  });

  it("refuses one that does something else, with both hashes", () => {
    const state = scale(submitted, { group: "web", count: 4, now: NOW }).state;
    const plan = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
    const refusal = refusalOf(() => applyPlan(state, { plan, planHash: agreed, now: NOW }));
    expect(refusal).toMatchObject({
      code: "other_plan",
      details: { asked: agreed, given: planHash(plan) },
    });
  });

  it("refuses a part of it: that is another plan", () => {
    const plan = { ...seen, actions: seen.actions.slice(1) };
    expect(refusalOf(() => applyPlan(submitted, { plan, planHash: agreed, now: NOW })).code).toBe(
      "other_plan",
    );
  });

  it("says first that a plan is stale", () => {
    const later = scale(submitted, { group: "web", count: 4, now: NOW }).state;
    const refusal = refusalOf(() => applyPlan(later, { plan: seen, planHash: agreed, now: NOW }));
    expect(refusal.code).toBe("stale_plan");
  });
});
