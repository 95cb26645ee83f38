import type { Wrong } from "../../properties/index.js";
import { replayTrace, shrinkTrace, type Trace } from "../../simulate/index.js";
import type { ChosenProperties } from "./chosen-properties.js";
import { Found, Judge } from "./judge.js";
import type { WatchedDeciders } from "./watched-deciders.js";

/** What a trace must still show. */
export interface Shown {
  /** One of these is broken. */
  readonly properties: ChosenProperties;
  /** Instead, where somebody who decides threw: who, and at what. */
  readonly thrown?: Wrong["details"];
}

/** A trace that still shows it, with as few events as can be found; one that does not replay is left as it is. */
export function shortestTrace(trace: Trace, shown: Shown, decide: WatchedDeciders): Trace {
  const fails = (shorter: Trace): boolean => shows(shorter, shown, decide);
  return fails(trace) ? shrinkTrace(trace, fails) : trace;
}

/** When the last event of a trace happened. */
export function endOf({ events, initial }: Trace): number {
  const last = events.at(-1);
  return last === undefined ? initial.now : "event" in last ? last.event.now : last.evaluate.now;
}

function shows(trace: Trace, { properties, thrown }: Shown, decide: WatchedDeciders): boolean {
  const judge = new Judge(properties, decide);
  const { reconcile, transition } = decide;
  const now = endOf(trace);
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
    if (error instanceof Found) return thrown === undefined;
    const { details } = decide.blame(error);
    return thrown !== undefined && details["by"] === thrown["by"] && details["event"] === thrown["event"];
  }
}
