import { type OptionalShape, type Shape, told } from "./shape.js";

/** @internal */
export const text: Shape<string> = {
  check: (value, path, report) => {
    if (typeof value !== "string") report("not_text", path, `${told(value)} is not a text`);
  },
};

/** A text that is not empty. @internal */
export const name: Shape<string> = {
  check: (value, path, report) => {
    if (typeof value !== "string" || value === "") {
      report("not_a_name", path, `${told(value)} is not a name: a text that is not empty`);
    } else if (value === "__proto__") {
      report("forbidden_key", path, '"__proto__" can be no name: no record can hold it');
    }
  },
};

/** @internal */
export const flag: Shape<boolean> = {
  check: (value, path, report) => {
    if (typeof value !== "boolean") report("not_a_flag", path, `${told(value)} is neither true nor false`);
  },
};

/** True, or absent where it is optional. @internal */
export const yes: Shape<true> = {
  check: (value, path, report) => {
    if (value !== true) report("not_true", path, `${told(value)} is not true; leave it out instead`);
  },
};

/** A whole number from 0 on: a count, an index, a time or a duration in milliseconds. @internal */
export const whole: Shape<number> = {
  check: (value, path, report) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) {
      report("not_a_whole_number", path, `${told(value)} is not a whole number`);
    } else if (value < 0) {
      report("negative", path, `${value} is negative; it is 0 or more`);
    }
  },
};

/** The last moment that a date can be; what follows from it is a whole number still. */
const LATEST = 8_640_000_000_000_000;
/** Some three thousand years: a time and a duration make a time that can be written and read again. */
const LONGEST = 100_000_000_000_000;

/** Milliseconds since the epoch. @internal */
export const time: Shape<number> = upTo(LATEST);

/** Milliseconds. @internal */
export const duration: Shape<number> = upTo(LONGEST);

function upTo(most: number): Shape<number> {
  return {
    check: (value, path, report) => {
      if (typeof value === "number" && Number.isSafeInteger(value) && value > most)
        report("too_large", path, `${value} is more than ${most} milliseconds`);
      else whole.check(value, path, report);
    },
  };
}

/** Any finite number. @internal */
export const decimal: Shape<number> = {
  check: (value, path, report) => {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      report("not_a_number", path, `${told(value)} is not a finite number`);
    }
  },
};

/** One of some words. @internal */
export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  const known = new Set<unknown>(words);
  return {
    check: (value, path, report) => {
      if (!known.has(value)) {
        report(
          "unknown_word",
          path,
          `${told(value)} is none of ${words.map((word) => `"${word}"`).join(", ")}`,
        );
      }
    },
  };
}

/** The same, but it may be absent. @internal */
export function optional<T>(shape: Shape<T>): OptionalShape<T> {
  return { ...shape, isOptional: true };
}
