/**
 * A tape of choices. Whatever is generated is read off it, so that a failing case is a list of numbers that fast-check
 * can shorten and make smaller; past its end every choice is the first one.
 *
 * @public
 */
export class Choices {
  readonly #tape: readonly number[];
  #at = 0;

  constructor(tape: readonly number[]) {
    this.#tape = tape;
  }

  /** A whole number from 0 to n - 1. */
  below(n: number): number {
    const choice = this.#tape[this.#at] ?? 0;
    this.#at++;
    return choice % n;
  }

  /** True once in n. */
  oneIn(n: number): boolean {
    return this.below(n) === 1;
  }

  of<const T>(...options: readonly T[]): T {
    return options[this.below(options.length)] as T; // One of the options may be undefined itself.
  }

  /** Whether the tape has run out. */
  get isOver(): boolean {
    return this.#at >= this.#tape.length;
  }
}
