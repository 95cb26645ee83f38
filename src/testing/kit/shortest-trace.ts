import type { Deciders } from "../../properties/index.js";
import { replayTrace, shrinkTrace, type Trace } from "../../simulate/index.js";
import type { ChosenProperties } from "./chosen-properties.js";
import { Found, Judge } from "./judge.js";

/** A trace that still breaks the property, with as few events as can be found; one that does not replay is left as it is. */
export function shortestTrace(trace: Trace, properties: ChosenProperties, decide: Deciders): Trace {
  const fails = (shorter: Trace): boolean => breaks(shorter, properties, decide);
  return fails(trace) ? shrinkTrace(trace, fails) : trace;
}

/** Whether a trace breaks one of the properties; without any: whether somebody who decides throws. */
function breaks(trace: Trace, properties: ChosenProperties, decide: Deciders): boolean {
  const judge = new Judge(properties, decide);
  const { reconcile, transition } = decide;
  const last = trace.events.at(-1);
  const now = last === undefined ? trace.initial.now : "event" in last ? last.event.now : last.evaluate.now;
  try {
    const { jobs } = replayTrace(trace, {
      checks: false,
      reconcile,
      transition,
      watchers: [
        {
          planned: (_, input, plan) => judge.plan(input, plan, true),
          happened: (_, before, event, after) => judge.step(before, event, after),
        },
      ],
    });
    for (const { state } of jobs) judge.state(state, now);
    return false;
  } catch (error) {
    const isAsked = properties.plans.length + properties.steps.length + properties.states.length > 0;
    return error instanceof Found ? isAsked : !isAsked;
  }
}
