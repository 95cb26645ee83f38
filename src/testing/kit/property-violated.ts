import { VerdigrisError } from "../../model/index.js";
import { type Deciders, PROPERTIES, type Violation } from "../../properties/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import type { Trace } from "../../simulate/index.js";
import { lockstep } from "../model/lockstep.js";
import type { ReplayOf } from "./run-options.js";
import { traceLines } from "./trace-lines.js";

/** What broke a property: one input, or a life as a trace that the simulator replays. @public */
export type Counterexample =
  | { readonly kind: "input"; readonly input: ReconcileInput }
  | { readonly kind: "life"; readonly trace: Trace };

/** What was found, and by whom it was decided. */
export interface Finding {
  /** All of one property. */
  readonly violations: readonly Violation[];
  readonly replay: ReplayOf;
  readonly counterexample: Counterexample;
  readonly decide: Deciders;
  /** What whoever decides threw. */
  readonly cause?: unknown;
}

/** A property is violated (`property_violated`): which, how to see it again, and the shortest case. @public */
export class PropertyViolated extends VerdigrisError {
  /** All of one property. */
  readonly violations: readonly Violation[];
  readonly replay: ReplayOf;
  readonly counterexample: Counterexample;

  constructor(finding: Finding) {
    const property = finding.violations[0]?.property ?? "";
    super("property_violated", message(property, finding), { property });
    this.violations = finding.violations;
    this.replay = finding.replay;
    this.counterexample = finding.counterexample;
    if (finding.cause !== undefined) this.cause = finding.cause;
  }
}

function message(property: string, { violations, replay, counterexample, decide }: Finding): string {
  const sentence = [...PROPERTIES, lockstep].find(({ name }) => name === property)?.sentence ?? "";
  return [
    `${property}: ${sentence}`,
    ...violations.map((violation) => `  ${violation.message}`),
    ...(counterexample.kind === "input"
      ? ["for the input", JSON.stringify(counterexample.input)]
      : [
          "after",
          ...traceLines(counterexample.trace, decide).map((line, at) => `  ${at + 1}. ${line}`),
          `trace: ${JSON.stringify(counterexample.trace)}`,
        ]),
    `again: { replay: ${JSON.stringify(replay)} }`,
  ].join("\n");
}
