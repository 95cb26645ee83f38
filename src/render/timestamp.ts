const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
}

/** The calendar date of a time, in UTC. Years of 400 repeat, and begin in March so that the leap day comes last. */
function civil(at: number): Civil {
  const days = Math.floor(at / DAY) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const seconds = Math.floor((((at % DAY) + DAY) % DAY) / SECOND);
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    clock: [seconds / 3_600, (seconds / 60) % 60, seconds % 60].map(two).join(":"),
  };
}

function two(value: number): string {
  return String(Math.floor(value)).padStart(2, "0");
}

/** `07/26/17 19:57:47 UTC`. */
export function dateTime(at: number): string {
  const { year, month, day, clock } = civil(at);
  return `${two(month)}/${two(day)}/${two(year % 100)} ${clock} UTC`;
}

/** `2017-07-26T19:57:47Z`. */
export function isoTime(at: number): string {
  const { year, month, day, clock } = civil(at);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${clock}Z`;
}

/** `1m7s`: the two largest units that matter. */
export function duration(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ["d", DAY],
    ["h", HOUR],
    ["m", MINUTE],
    ["s", SECOND],
  ];
  const first = units.findIndex(([, size]) => ms >= size);
  if (first < 0) return "0s";
  let rest = ms;
  return units
    .slice(first, first + 2)
    .map(([unit, size]) => {
      const whole = Math.floor(rest / size);
      rest -= whole * size;
      return whole === 0 ? "" : `${whole}${unit}`;
    })
    .join("");
}
