import { type Issue, VerdigrisError } from "../error.js";

/** The outcome of a check as the Standard Schema interface has it. @public */
export type StandardResult<T> =
  | { readonly value: T }
  | { readonly issues: readonly { readonly message: string; readonly path: readonly (string | number)[] }[] };

/** What a value must look like to be a T. Checks only: it never changes or fills in anything. @internal */
export interface Shape<T> {
  /** Adds what is wrong with the value at that path; nothing when it is a T. */
  readonly check: (value: unknown, path: Path, report: Report) => void;
  /** Only for the compiler: which type a value of this shape has. */
  readonly "~type"?: T;
}

/** A shape that may be absent. @internal */
export interface OptionalShape<T> extends Shape<T> {
  readonly isOptional: true;
}

/** Where a value stands, root first. @internal */
export type Path = readonly (string | number)[];

/** Takes what is wrong. @internal */
export type Report = (code: string, path: Path, message: string) => void;

/** Everything that is wrong with a value; nothing when it has the shape. @internal */
export function issuesOf<T>(shape: Shape<T>, value: unknown): Issue[] {
  return reported(shape, value).map(({ code, path, message }) => ({ code, path: jsonPath(path), message }));
}

/** The value as a T, or one error (`invalid_input`) that lists everything that is wrong with it. @internal */
export function parseWith<T>(shape: Shape<T>, value: unknown, what: string): T {
  const issues = issuesOf(shape, value);
  if (issues.length > 0) throw invalidInput(what, issues);
  return value as T; // The one place where a check becomes a type.
}

/** The error that lists everything that is wrong with data from outside. @internal */
export function invalidInput(what: string, issues: readonly Issue[]): VerdigrisError {
  const shown = issues.slice(0, 3).map(({ path, message }) => `${path}: ${message}`);
  const orMore = issues.length >= MOST_ISSUES ? " or" : "";
  const more = issues.length > 3 ? ` ... and ${issues.length - 3}${orMore} more` : "";
  return new VerdigrisError("invalid_input", `This is not ${what}. ${shown.join("; ")}${more}`, {
    issues: issues.map((issue) => ({ ...issue })),
  });
}

/** The shape under the Standard Schema interface, so that other validators' users can plug it in. @public */
export interface StandardSchema<T> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "verdigris";
    readonly validate: (value: unknown) => StandardResult<T>;
    readonly types?: { readonly input: T; readonly output: T };
  };
}

/** @internal */
export function standardSchema<T>(shape: Shape<T>): StandardSchema<T> {
  return {
    "~standard": {
      version: 1,
      vendor: "verdigris",
      validate: (value) => {
        const issues = reported(shape, value);
        return issues.length === 0 ? { value: value as T } : { issues };
      },
    },
  };
}

/** Nobody reads more, and data of which nothing is right would fill the memory with what is wrong with it. @internal */
export const MOST_ISSUES = 1_000;

/** Ends a check of which enough is known. */
const ENOUGH = Symbol("enough");

function reported<T>(shape: Shape<T>, value: unknown): { code: string; path: Path; message: string }[] {
  const issues: { code: string; path: Path; message: string }[] = [];
  try {
    shape.check(value, [], (code, path, message) => {
      issues.push({ code, path, message });
      if (issues.length >= MOST_ISSUES) throw ENOUGH;
    });
  } catch (reason) {
    if (reason !== ENOUGH) throw reason;
  }
  return issues;
}

/** `$.allocations[3].taskStates["my task"]` */
export function jsonPath(path: Path): string {
  let text = "$";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += /^[A-Za-z_][A-Za-z0-9_]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** What a value is, for a message. @internal */
export function told(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  return value === undefined ? "absent" : String(value);
}
