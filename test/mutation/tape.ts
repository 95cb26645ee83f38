import { Choices } from "../property/states/choices.js";

/** Numbers that are the same in every run (xorshift): loading a generator for every mutant would cost more than this. */
function* numbers(seed: number): Generator<number, never> {
  let x = seed;
  while (true) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

/** As many tapes of choices as wanted, each of that length. */
export function tapes(seed: number, many: number, length: number): Choices[] {
  const tape = numbers(seed * 7919);
  return Array.from({ length: many }, () => new Choices(Array.from({ length }, () => tape.next().value)));
}
