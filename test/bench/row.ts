/** One line of the bench. */
export interface Row {
  /** Unique together with the size. */
  readonly name: string;
  readonly size: number;
  /** Milliseconds; a quarter takes less than the first of the spread, a quarter more than the second. */
  readonly median: number;
  readonly spread: readonly [number, number];
  /** To what was measured in the same rounds; the median of all rounds. */
  readonly ratio?: { readonly to: "bare pass" | "full plan"; readonly is: number };
  /** What is left to the garbage collector, by allocation; the answer itself is part of it. */
  readonly bytes?: number;
  /** How much of what a second does. */
  readonly rate?: { readonly of: string; readonly perSecond: number };
}

/** A number that is held, and the most - or the least - that it may be. */
export interface Held {
  readonly what: string;
  readonly is: number;
  readonly budget: number;
  readonly atLeast?: boolean;
  /** Not a matter of speed: where it does not hold, the run has failed. */
  readonly mustHold?: boolean;
}

export function isHeld({ is, budget, atLeast = false }: Held): boolean {
  return atLeast ? is >= budget : is <= budget;
}

/** A part of the bench: what is measured, and which numbers are held. */
export interface Section {
  readonly rows: readonly Row[];
  readonly held: readonly Held[];
}
