// A small generator of pseudo-random numbers whose state is one whole number, so that a world can be written down in the
// middle of a run and goes on from there. Good enough for faults, not for secrets.

/** The state that a seed begins with; neighbouring seeds begin far apart. */
export function seeded(seed: number): number {
  return mix((seed | 0) + 0x9e37_79b9);
}

/** A number from 0 up to, but not, 1, and the state after it. */
export function draw(state: number): readonly [value: number, next: number] {
  const next = (state + 0x9e37_79b9) >>> 0;
  return [mix(next) / 0x1_0000_0000, next];
}

function mix(state: number): number {
  let value = state;
  value = Math.imul(value ^ (value >>> 16), 0x21f0_aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a_2d97);
  return (value ^ (value >>> 15)) >>> 0;
}
