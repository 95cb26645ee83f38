import { describe, expect, it } from "vitest";
import { parseReconcileInput, reconcile } from "../../../src/index.js";
import { readState } from "../../../src/nomad/index.js";
import { PLAN_PROPERTIES, violationsOf } from "../../../src/properties/index.js";
import { recordedStates } from "../../fixtures/recorded-states.js";

const states = recordedStates();
const stories = [...new Set(states.map(({ story }) => story))];

describe("states of a real agent", () => {
  it("are all there", () => {
    expect(stories.length).toBe(38);
    expect(states.length).toBe(288);
  });

  it.each(stories)("%s: every state is read, well-shaped, and reconciles under every property", (story) => {
    for (const { step, answers } of states.filter((state) => state.story === story)) {
      // Arrange
      const state = readState(answers);
      const latest = Math.max(0, ...state.allocations.map(({ modifiedAt }) => modifiedAt));
      const input = { ...state, now: latest + 1_000, evaluationId: "eval-1" };

      // Act
      const plan = reconcile(parseReconcileInput(input));

      // Assert
      expect(plan.actions.filter((action) => "allocationId" in action)).toHaveLength(
        state.allocations.length,
      );
      expect(violationsOf(PLAN_PROPERTIES, { input, plan, reconcile }), step).toEqual([]);
    }
  });
});
