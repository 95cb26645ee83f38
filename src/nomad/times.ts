const NANOSECONDS_A_MILLISECOND = 1_000_000;

/** Nanoseconds to whole milliseconds: of a duration, or of a time since the epoch. @internal */
export function millisecondsOf(nanoseconds: number): number {
  return Math.floor(nanoseconds / NANOSECONDS_A_MILLISECOND);
}

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** What Go writes for "no time". */
const ZERO_TIME = "0001-01-01T00:00:00Z";

/**
 * A time as RFC 3339 writes it to whole milliseconds since the epoch; `undefined` for Go's zero time, `null` for what is
 * no time. Counts days itself: the library owns no clock, and `Date` is one.
 *
 * @internal
 */
export function timeOf(text: string): number | undefined | null {
  if (text === ZERO_TIME) return undefined;
  const parts = RFC_3339.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const isDate = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isDate || hour > 23 || minute > 59 || second > 60) return null;
  const fraction = Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3));
  const offset = (parts[8] === "-" ? -1 : 1) * (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0));
  const minutes = (daysSinceEpoch(year, month, day) * 24 + hour) * 60 + minute - offset;
  return (minutes * 60 + second) * 1000 + fraction;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function daysSinceEpoch(year: number, month: number, day: number): number {
  const before = year - 1;
  const daysBeforeYear =
    before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  let days = daysBeforeYear - DAYS_BEFORE_1970 + day - 1;
  for (let earlier = 1; earlier < month; earlier++) days += daysIn(year, earlier);
  return days;
}

const DAYS_BEFORE_1970 = 719_162;
