/** What a reconcile may cost at most, as a multiple of the bare pass of the same run. Between the sizes nothing is held. */
export interface Budget {
  readonly size: number;
  /** At rest. */
  readonly steady: number;
  readonly other: number;
}

export const BUDGETS: readonly Budget[] = [
  { size: 10, steady: 12, other: 60 },
  { size: 10_000, steady: 6, other: 9 },
  { size: 1_000_000, steady: 4, other: 6 },
];

/** The most milliseconds that a million allocations may take at rest. */
export const A_MILLION_MS = 1_000;

/** The multiple that a scenario is held to at that size, if it is held to one. */
export function budgetOf(size: number, isSteady: boolean): number | undefined {
  const budget = BUDGETS.find((one) => one.size === size);
  return isSteady ? budget?.steady : budget?.other;
}
