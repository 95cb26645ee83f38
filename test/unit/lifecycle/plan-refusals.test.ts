import { describe, expect, it } from "vitest";
import {
  type Action,
  applyPlan,
  type JobState,
  type PlacementOutcome,
  type Plan,
} from "../../../src/index.js";
import { NOW } from "../a-job.js";
import { aPlace, aPlan, aState, aStop, refusalOf } from "./a-state.js";

const id = "allocation-0";

function applied(
  state: JobState,
  actions: readonly Action[],
  placements: readonly PlacementOutcome[] = [],
  more: Partial<Plan> = {},
) {
  return applyPlan(state, { plan: aPlan(state, { actions, ...more }), placements, now: NOW });
}

const made = { placement: "web/0", allocationId: "new", nodeId: "node-1" };

describe("a plan that cannot be carried out", () => {
  it("says which state it was made from, or that it does not say", () => {
    const state = aState();
    const old = refusalOf(() =>
      applyPlan(state, { plan: aPlan(state, { madeFrom: { evaluationId: "e", index: 3 } }), now: NOW }),
    );
    expect(old.message).toBe(
      "The plan was made from the state at index 3; it is at 50 now. Reconcile again.",
    );
    const none = refusalOf(() =>
      applyPlan(state, { plan: aPlan(state, { madeFrom: { evaluationId: "e" } }), now: NOW }),
    );
    expect(none.message).toMatch(/does not say which state/);
    expect(none.details).toEqual({ madeFrom: null, index: 50 });
  });

  it("says what is wrong with a placement", () => {
    const stranger = refusalOf(() => applied(aState(), [aPlace(0)], [made, { ...made, placement: "web/9" }]));
    expect(stranger.message).toBe('"web/9" is no placement of this plan; each of the plan\'s is said once.');
    const nowhere = refusalOf(() => applied(aState(), [aPlace(0)], [{ ...made, nodeId: "" }]));
    expect(nowhere.code).toBe("unknown_node");
    const nodes = [{ id: "node-1", status: "down" }] as const;
    expect(applied(aState({ nodes }), [aPlace(0)], [made]).changed).toBe(true);
    const twice = [made, { ...made, placement: "web/1" }];
    expect(refusalOf(() => applied(aState(), [aPlace(0), aPlace(1)], twice)).code).toBe(
      "duplicate_allocation",
    );
  });

  it("a time to wake up alone is noted, and no reason to plan again", () => {
    const state = aState({ wakeAt: NOW + 5 });
    const later = applied(state, [], [], { wakeAt: NOW + 9 });
    expect(later.state.wakeAt).toBe(NOW + 9);
    expect(later.evaluate).toBeUndefined();
    const gone = applied(state, []);
    expect(gone.state).not.toHaveProperty("wakeAt");
    expect(gone.evaluate).toBeUndefined();
    const asleep = applied(aState(), [], [], { wakeAt: NOW + 9 });
    expect(asleep.evaluate).toBeUndefined();
    expect(applied(aState(), [aStop(id)], [], { wakeAt: NOW + 9 }).evaluate).toEqual({
      because: "plan_applied",
    });
    const waiting = applied(aState({ waitsForRoom: true }), [], [], { wakeAt: NOW + 9 });
    expect(waiting.evaluate).toEqual({ because: "plan_applied" });
    expect(applied(aState(), []).state).not.toHaveProperty("wakeAt");
  });
});
