import type { Deciders, Violation, Wrong } from "../../properties/index.js";
import type { Bucket } from "../coverage/bucket.js";
import { Coverage } from "../coverage/coverage.js";
import { EVERYTHING, type JobLimits } from "../generate/job-limits.js";
import { type ChosenProperties, only } from "./chosen-properties.js";
import { Found, Judge } from "./judge.js";
import type { Counterexample } from "./property-violated.js";
import type { RunOptions, RunReport } from "./run-options.js";
import { WatchedDeciders } from "./watched-deciders.js";

interface FoundFirst {
  readonly property: string;
  readonly violations: readonly Violation[];
  readonly counterexample: Counterexample;
  /** What whoever decides threw, and what that says of them. */
  readonly cause?: unknown;
  readonly thrown?: Wrong["details"];
}

/** What one run asks and has seen, and what it found first: from then on only smaller cases of that matter. */
export class Run {
  readonly decide: WatchedDeciders;
  readonly limits: JobLimits;
  readonly coverage: Coverage<Bucket> = new Coverage();
  inputs = 0;
  lives = 0;
  steps = 0;
  found: FoundFirst | undefined;
  properties: ChosenProperties;
  /** How many smaller cases are tried when one fails. With 0 a case stays as it was found. */
  readonly shrinks: number;
  /** The case stays as it was found, or is the shortest already. */
  readonly endOnFailure: boolean;
  readonly #asked: Map<string, number> = new Map();
  #shrinksLeft: number;
  /** Only the case that is replayed: where it passes by now, nothing else is looked for. */
  #cases: number;

  constructor(decide: Deciders, properties: ChosenProperties, { limits, shrinks = 500, replay }: RunOptions) {
    this.decide = new WatchedDeciders(decide);
    this.properties = properties;
    this.limits = { ...EVERYTHING, ...limits };
    this.shrinks = shrinks;
    this.#shrinksLeft = shrinks;
    this.endOnFailure = replay !== undefined || shrinks === 0;
    this.#cases = replay === undefined ? Number.POSITIVE_INFINITY : 1;
  }

  get judge(): Judge {
    return new Judge(this.properties, this.decide, this.#asked);
  }

  /** Tries a case; what breaks in it is thrown on, for fast-check to try a smaller one. */
  try(happens: () => void, counterexample: (error: unknown) => Counterexample): void {
    // Given up: what is left passes.
    if (this.#cases-- <= 0 || (this.found !== undefined && this.#shrinksLeft-- <= 0)) return;
    try {
      happens();
    } catch (error) {
      const violations = this.#violationsOf(error);
      const [first] = violations;
      const isSame = this.found === undefined || this.found.violations[0]?.property === first?.property;
      if (first === undefined || !isSame) return;
      this.properties = only(first.property, this.properties);
      const ofOne = violations.filter(({ property }) => property === first.property);
      const thrown = error instanceof Found ? {} : { cause: error, thrown: first.details };
      this.found = {
        property: first.property,
        violations: ofOne,
        counterexample: counterexample(error),
        ...thrown,
      };
      throw error;
    }
  }

  report(): RunReport {
    const { inputs, lives, steps, coverage } = this;
    const [asked, reached] = [Object.fromEntries(this.#asked), Object.fromEntries(coverage.counts)];
    return { inputs, lives, steps, asked, reached };
  }

  /** What a caught error says: a violation, or that whoever decides threw. */
  #violationsOf(error: unknown): readonly Violation[] {
    if (error instanceof Found) return error.violations;
    return [{ property: "total", anchor: "properties.md#total", ...this.decide.blame(error) }];
  }
}
