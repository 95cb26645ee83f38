import type { JobState } from "../../lifecycle/index.js";
import { isServerTerminal } from "../../model/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
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

/** How much a plan would do; what is stopped already may be told so again as long as its node does not answer. */
function whatIsToDo(state: JobState, now: number, reconcile: StepCase["reconcile"]): number {
  if (state.versions.length === 0) return 0;
  const plan = reconcile({ ...state, now, evaluationId: "asked" });
  const stopped = new Set(state.allocations.flatMap((one) => (isServerTerminal(one) ? [one.id] : [])));
  const acting = plan.actions.filter(
    (action) => action.kind !== "ignore" && !(action.kind === "stop" && stopped.has(action.allocationId)),
  );
  return acting.length + plan.deploymentUpdates.length + (plan.deployment?.kind === "created" ? 1 : 0);
}
