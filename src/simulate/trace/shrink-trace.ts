import type { Trace, TraceEvent } from "./trace.js";

/** How hard to try. @public */
export interface ShrinkOptions {
  /** How many shorter traces are tried at most. Default 2,000. */
  readonly tries?: number;
}

/**
 * A shorter trace that still fails: whole jobs go first, then ever smaller stretches of events, until none can go. The
 * trace itself must fail.
 *
 * @example
 * ```ts
 * // What is left of it still has the first submission.
 * const hasSubmit = ({ events }) => events.some((one) => one.event?.kind === "submit");
 * shrinkTrace(trace, hasSubmit).events.length; // 1
 * ```
 *
 * @public
 */
export function shrinkTrace(
  trace: Trace,
  stillFails: (shorter: Trace) => boolean,
  { tries = 2_000 }: ShrinkOptions = {},
): Trace {
  let left = tries;
  const fails = (events: readonly TraceEvent[]): boolean => left-- > 0 && stillFails({ ...trace, events });
  let { events } = trace;
  for (const jobId of new Set(events.map((event) => event.jobId))) {
    const others = events.filter((event) => event.jobId !== jobId);
    if (fails(others)) events = others;
  }
  for (let size = Math.ceil(events.length / 2); size >= 1; ) {
    const shorter = withoutStretches(events, size, fails);
    const isStuck = shorter.length === events.length;
    events = shorter;
    // After a success at the smallest size another round may find more.
    if (isStuck || size > 1) size = isStuck && size === 1 ? 0 : Math.max(1, Math.floor(size / 2));
  }
  return { ...trace, events };
}

/** Leaves out every stretch of that size that can go, the last first: what comes later rests on what came before. */
function withoutStretches(
  events: readonly TraceEvent[],
  size: number,
  fails: (events: readonly TraceEvent[]) => boolean,
): readonly TraceEvent[] {
  let kept = events;
  for (let end = events.length; end > 0; end -= size) {
    const from = Math.max(0, end - size);
    const shorter = [...kept.slice(0, from), ...kept.slice(end)];
    if (fails(shorter)) kept = shorter;
  }
  return kept;
}
