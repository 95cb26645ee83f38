import { describe, expect, it } from "vitest";
import {
  applyPlan,
  emptyJobState,
  type JobState,
  type PlacementOutcome,
  type Plan,
  reconcile,
  submit,
} from "../../../src/index.js";
import { aJob, anAllocation, NOW } from "../a-job.js";
import { allocationIn, aPlan, aState, refusalOf } from "./a-state.js";

const submitted = submit(emptyJobState(), { job: aJob(), now: NOW }).state;

function planFor(state: JobState): Plan {
  return reconcile({ ...state, now: NOW, evaluationId: "eval-1" });
}

/** Where everything that the plan places went. */
function placed(plan: Plan, prefix = "new"): PlacementOutcome[] {
  return plan.actions.flatMap((action) =>
    action.kind === "place" || action.kind === "replace"
      ? [{ placement: action.placement, allocationId: `${prefix}-${action.placement}`, nodeId: "node-1" }]
      : [],
  );
}

function names({ allocations }: JobState): string[] {
  return allocations
    .filter(({ desiredStatus }) => desiredStatus === "run")
    .map(({ name }) => name)
    .sort();
}

describe("a plan", () => {
  it("made from an older state is refused, with both indexes", () => {
    const plan = planFor(submitted);
    const later = applyPlan(submitted, { plan, placements: placed(plan), now: NOW }).state;
    const refusal = refusalOf(() => applyPlan(later, { plan, placements: placed(plan, "more"), now: NOW }));
    expect(refusal).toMatchObject({ code: "stale_plan", details: { madeFrom: 1, index: 2 } });
  });

  it("that does not say which state it was made from is refused", () => {
    const state = aState();
    const plan = aPlan(state, { madeFrom: { evaluationId: "eval-1" } });
    const refusal = refusalOf(() => applyPlan(state, { plan, now: NOW }));
    expect(refusal).toMatchObject({ code: "stale_plan", details: { madeFrom: null, index: 50 } });
  });

  it("raises the index, so that it cannot be applied twice", () => {
    const plan = planFor(submitted);
    const done = applyPlan(submitted, { plan, placements: placed(plan), now: NOW });
    expect(done.state.index).toBe(submitted.index + 1);
  });
});

describe("a plan that was carried out in part", () => {
  it("places what it says, and the next one what is left", () => {
    const plan = planFor(submitted);
    const part = { ...plan, actions: plan.actions.slice(1, 2) };
    const half = applyPlan(submitted, { plan: part, placements: placed(part, "first"), now: NOW }).state;
    expect(names(half)).toEqual(["shop.web[1]"]);
    const rest = planFor(half);
    const whole = applyPlan(half, { plan: rest, placements: placed(rest, "then"), now: NOW }).state;
    expect(names(whole)).toEqual(["shop.web[0]", "shop.web[1]", "shop.web[2]"]);
    expect(planFor(whole).actions.filter(({ kind }) => kind !== "ignore")).toEqual([]);
  });

  it("asks for the evaluation that does the rest", () => {
    const plan = planFor(submitted);
    const part = { ...plan, actions: plan.actions.slice(0, 1) };
    const done = applyPlan(submitted, { plan: part, placements: placed(part), now: NOW });
    expect(done.evaluate).toEqual({ because: "plan_applied" });
  });

  it("comes to the same rest whichever half of a migration was done", () => {
    const moving = aState({
      allocations: [
        anAllocation(0, { desiredTransition: { migrate: true } }),
        anAllocation(1),
        anAllocation(2),
      ],
    });
    for (const left of ["stop", "place"]) {
      const plan = planFor(moving);
      const part = { ...plan, actions: plan.actions.filter(({ kind }) => kind !== left) };
      let state = applyPlan(moving, { plan: part, placements: placed(part, "first"), now: NOW }).state;
      const rest = planFor(state);
      state = applyPlan(state, { plan: rest, placements: placed(rest, "then"), now: NOW }).state;
      expect(names(state)).toEqual(["shop.web[0]", "shop.web[1]", "shop.web[2]"]);
      expect(allocationIn(state, "allocation-0").desiredStatus).toBe("stop");
    }
  });
});
