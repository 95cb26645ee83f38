import type { Trace, TraceEvent } from "../../simulate/index.js";

/** A trace for people: one line an event, with the time since it began. @public */
export function traceLines({ initial, events }: Trace): string[] {
  return events.map((event) => {
    const { at, what } = told(event);
    return `+${(at - initial.now) / 1000} s ${what}`;
  });
}

function told(traced: TraceEvent): { readonly at: number; readonly what: string } {
  if ("event" in traced) {
    const { kind, now, ...rest } = traced.event;
    const what = Object.keys(rest).length === 0 ? kind : `${kind} ${JSON.stringify(rest)}`;
    return { at: now, what };
  }
  const { now, placements, leftOut = [] } = traced.evaluate;
  const parts = [
    "a plan is made and carried out",
    ...(placements.length > 0 ? [`${placements.length} placed`] : []),
    ...(leftOut.length > 0 ? [`${leftOut.length} of its actions left out`] : []),
  ];
  return { at: now, what: parts.join(", ") };
}
