import {
  jobEventShape,
  jobStateShape,
  type PlacementOutcome,
  placementOutcomeShape,
} from "../../lifecycle/index.js";
import {
  closed,
  listOf,
  name,
  oneOf,
  optional,
  parseWith,
  type Shape,
  time,
  told,
  VerdigrisError,
  whole,
  withOrWithout,
} from "../../model/index.js";
import {
  TRACE_FORMAT,
  type Trace,
  type TracedEvaluation,
  type TracedEvent,
  type TraceEvent,
} from "./trace.js";

const evaluation: Shape<TracedEvaluation> = closed<TracedEvaluation>({
  evaluationId: name,
  plannedAt: time,
  now: time,
  placements: listOf<PlacementOutcome>(placementOutcomeShape),
  leftOut: optional(listOf(whole)),
});

type Evaluated = Exclude<TraceEvent, TracedEvent>;

const traceEvent: Shape<TraceEvent> = withOrWithout<Evaluated, TracedEvent>(
  "evaluate",
  closed<Evaluated>({ jobId: name, evaluate: evaluation }),
  closed<TracedEvent>({ jobId: name, event: jobEventShape }),
);

const trace: Shape<Trace> = closed<Trace>({
  format: oneOf(TRACE_FORMAT),
  initial: closed<Trace["initial"]>({
    now: time,
    jobs: listOf(closed<Trace["initial"]["jobs"][number]>({ jobId: name, state: jobStateShape })),
  }),
  events: listOf(traceEvent),
});

/**
 * Checks a trace from outside - a file of a bug report - and gives it back, unchanged and typed.
 *
 * @throws VerdigrisError `unknown_trace_format`; `invalid_input`: `details.issues` lists everything that is wrong, each
 * with its JSON path.
 *
 * @example
 * ```ts
 * parseTrace(JSON.parse(JSON.stringify(trace))).events.length === trace.events.length; // true
 * ```
 *
 * @public
 */
export function parseTrace(value: unknown): Trace {
  const format: unknown =
    typeof value === "object" && value !== null && "format" in value ? value.format : undefined;
  if (format !== TRACE_FORMAT) {
    throw new VerdigrisError(
      "unknown_trace_format",
      `The trace's format is ${told(format)}; this version reads "${TRACE_FORMAT}". Record it anew, or read it with the version that wrote it.`,
      { format: typeof format === "string" ? format : told(format), known: TRACE_FORMAT },
    );
  }
  return parseWith(trace, value, "a trace");
}
