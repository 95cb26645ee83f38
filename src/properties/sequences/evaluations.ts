import type { JobState } from "../../lifecycle/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
import { asking } from "./asking.js";
import type { StepCase, StepProperty } from "./sequence.js";

/** @public */
export const evaluations: StepProperty = {
  kind: "step",
  name: "evaluations",
  sentence: "Whatever gives a job at rest something to do asks for an evaluation.",
  anchor: "properties.md#evaluations",
  cost: "more_plans",
  check: ({ before, event, after, reconcile }) => {
    if (after.evaluate !== undefined || !after.changed) return NOT_ASKED;
    const todo = whatIsToDo(after.state, event.now, reconcile);
    if (todo === 0 || whatIsToDo(before, event.now, reconcile) > 0) return [];
    return [
      wrong`after ${{ event: event.kind }} there is something to do (${{ todo }}), and no evaluation is asked for`,
    ];
  },
};

/** How much a plan would do. */
function whatIsToDo(state: JobState, now: number, reconcile: StepCase["reconcile"]): number {
  if (state.versions.length === 0) return 0;
  const plan = reconcile({ ...state, now, evaluationId: "asked" });
  return (
    asking(state, plan).length + plan.deploymentUpdates.length + (plan.deployment?.kind === "created" ? 1 : 0)
  );
}
