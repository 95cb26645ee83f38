import { duration } from "./timestamp.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 364].map((n) => n * DAY),
];

/** A moment on the axis, and how far it is from the beginning. */
export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** Round times from the beginning to the end, not more than that many. */
export function timeTicks(from: number, to: number, most: number): readonly TimeTick[] {
  const length = Math.max(0, to - from);
  const step = STEPS.find((one) => length / one <= most) ?? Math.ceil(length / most / DAY) * DAY;
  const ticks: TimeTick[] = [];
  for (let since = 0; since <= length; since += step) {
    ticks.push({ at: from + since, label: since === 0 ? "0" : `+${duration(since)}` });
  }
  return ticks;
}
