import type { JobState } from "../../lifecycle/index.js";
import { isServerTerminal, type Plan } from "../../model/index.js";

/** What a plan asks for. What is stopped already may be told so again as long as its node does not answer. */
export function asking({ allocations }: JobState, plan: Plan): Plan["actions"] {
  const stopped = new Set(allocations.flatMap((one) => (isServerTerminal(one) ? [one.id] : [])));
  return plan.actions.filter(
    (action) => action.kind !== "ignore" && !(action.kind === "stop" && stopped.has(action.allocationId)),
  );
}
