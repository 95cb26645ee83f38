import type { AllocationTimeline, JobTimeline, Timeline } from "../simulate/index.js";

type Range = Pick<Timeline, "from" | "to">;

/**
 * What of a job's timeline falls into a range. A picture of a part must not tell what happens after it: not an ending that
 * is yet to come, nor a phase that was over before.
 */
export function seenIn(job: JobTimeline, range: Range): JobTimeline {
  const { from, to } = range;
  const within = (at: number): boolean => at >= from && at <= to;
  return {
    ...job,
    allocations: job.allocations.flatMap((one) => seenAllocation(one, range)),
    marks: job.marks.filter(({ at }) => within(at)),
    deadlines: job.deadlines.filter(({ by }) => within(by)),
  };
}

function seenAllocation({ ending, ...one }: AllocationTimeline, { from, to }: Range): AllocationTimeline[] {
  const last = one.spans.length - 1;
  const spans = one.spans.filter((span, n) => {
    // A span ends where the next one begins, so only the last one is still there at its end.
    const isInstant = span.from === span.to;
    const isAfter = span.to > from || (span.to === from && (isInstant || n === last));
    const isBefore = span.from < to || (span.from === to && (isInstant || from === to));
    return isAfter && isBefore;
  });
  if (spans.length === 0) return [];
  const hasEnded = ending !== undefined && (one.spans[last]?.to ?? to) <= to;
  return [{ ...one, spans, ...(hasEnded ? { ending } : {}) }];
}
