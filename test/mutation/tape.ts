/** Numbers that are the same in every run (xorshift): loading a generator for every mutant would cost more than this. */
function* numbers(seed: number): Generator<number, never> {
  let x = seed * 7919;
  while (true) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

/** Gives tapes of choices, each of the length that is asked for. */
export function tapes(seed: number): (length: number) => number[] {
  const tape = numbers(seed);
  return (length) => Array.from({ length }, () => tape.next().value);
}
