/** What a reconcile may cost at most, as a multiple of the bare pass of the same rounds. Between the sizes nothing is held. */
export const RATIOS: readonly { readonly size: number; readonly steady: number; readonly other: number }[] = [
  { size: 10, steady: 12, other: 60 },
  { size: 10_000, steady: 6, other: 9 },
  { size: 1_000_000, steady: 4, other: 6 },
];

/** Milliseconds that a million allocations may take at rest, and bytes that each of them may leave behind. */
export const A_MILLION = { milliseconds: 1_000, bytes: 500 } as const;

/** Ten times the allocations may take this many times as long, from a thousand to a hundred thousand. */
export const GROWTH = 12;

/** What is read again may take this part of the full time, on a hundred thousand allocations. */
export const AGAIN = 0.1;

/** Milliseconds that a promotion may take on ten thousand allocations. */
export const PROMOTION = 2;

/** States that the explorer generates in a second, at least. */
export const EXPLORER = 100_000;

/** The multiple that a scenario is held to at that size, if it is held to one. */
export function ratioBudget(size: number, isSteady: boolean): number | undefined {
  const budget = RATIOS.find((one) => one.size === size);
  return isSteady ? budget?.steady : budget?.other;
}
