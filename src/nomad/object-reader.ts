import { type Issue, invalidInput, json, jsonPath, MOST_ISSUES, type Path, told } from "../model/index.js";
import { millisecondsOf, timeOf } from "./times.js";

/** What was wrong so far; reading goes on, so that everything is told at once. */
export type Issues = Issue[];

/** Reads one JSON object of the API field by field. What is null is absent, as in the API. @internal */
export class ObjectReader {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #path: Path;
  readonly #issues: Issues;

  constructor(value: unknown, path: Path, issues: Issues) {
    this.#path = path;
    this.#issues = issues;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) this.#report([], "not_an_object", `${told(value)} is not an object`);
    this.#value = isObject ? { ...value } : {};
  }

  #report(below: Path, code: string, message: string): void {
    if (this.#issues.length >= MOST_ISSUES) return;
    this.#issues.push({ code, path: jsonPath([...this.#path, ...below]), message });
  }

  /** The raw value; absent when it is null. */
  raw(key: string): unknown {
    const value = Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
    return value === null ? undefined : value;
  }

  /** What is carried and not read: any JSON; nothing where it is none, or too deep. */
  json(key: string): unknown {
    const value = this.raw(key);
    const before = this.#issues.length;
    if (value !== undefined)
      json.check(value, [...this.#path, key], (code, path, message) =>
        this.#issues.push({ code, path: jsonPath(path), message }),
      );
    return this.#issues.length === before ? value : undefined;
  }

  keys(): string[] {
    return Object.keys(this.#value);
  }

  #read<T>(key: string, is: (value: unknown) => value is T, what: string): T | undefined {
    const value = this.raw(key);
    if (value === undefined || is(value)) return value;
    this.#report([key], "wrong_type", `${told(value)} is not ${what}`);
    return undefined;
  }

  #required<T>(key: string, value: T | undefined, otherwise: T): T {
    if (value === undefined && this.raw(key) === undefined) this.#report([key], "missing", "is missing");
    return value ?? otherwise;
  }

  optionalFlag(key: string): boolean | undefined {
    return this.#read(key, (value) => typeof value === "boolean", "true or false");
  }

  /** A text; an empty one is absent, as the API means it. */
  optionalText(key: string): string | undefined {
    return this.#read(key, (value) => typeof value === "string", "a text") || undefined;
  }

  text(key: string): string {
    return this.#required(key, this.optionalText(key), "");
  }

  optionalWhole(key: string): number | undefined {
    return this.#read(
      key,
      (value): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0,
      "a whole number from 0 on",
    );
  }

  whole(key: string): number {
    return this.#required(key, this.optionalWhole(key), 0);
  }

  /** Nanoseconds there, milliseconds here; durations and numeric times alike. */
  optionalNanoseconds(key: string): number | undefined {
    const nanoseconds = this.optionalWhole(key);
    return nanoseconds === undefined ? undefined : millisecondsOf(nanoseconds);
  }

  nanoseconds(key: string): number {
    return this.#required(key, this.optionalNanoseconds(key), 0);
  }

  /** RFC 3339 there, milliseconds here. */
  optionalTime(key: string): number | undefined {
    const text = this.optionalText(key);
    if (text === undefined) return undefined;
    const time = timeOf(text);
    if (time === null) this.#report([key], "not_a_time", `${told(text)} is not a time as RFC 3339 writes it`);
    return time ?? undefined;
  }

  /** One of some words; an empty text is absent. */
  optionalWord<const T extends string>(key: string, words: readonly T[]): T | undefined {
    const text = this.optionalText(key);
    if (text === undefined) return undefined;
    const word = words.find((known) => known === text);
    if (word === undefined)
      this.#report([key], "unknown_word", `${told(text)} is none of ${words.join(", ")}`);
    return word;
  }

  word<const T extends string>(key: string, words: readonly [T, ...T[]]): T {
    return this.#required(key, this.optionalWord(key, words), words[0]);
  }

  /** Another object below this one. */
  optionalObject<T>(key: string, read: (reader: ObjectReader) => T): T | undefined {
    const value = this.raw(key);
    return value === undefined
      ? undefined
      : read(new ObjectReader(value, [...this.#path, key], this.#issues));
  }

  /** A list of objects; absent is empty. */
  objects<T>(key: string, read: (reader: ObjectReader) => T): T[] {
    return readList(this.raw(key) ?? [], [...this.#path, key], this.#issues, read);
  }

  /** Objects under keys of the user's own; absent is empty. */
  record<T>(key: string, read: (reader: ObjectReader) => T): { [key: string]: T } | undefined {
    return this.optionalObject(key, (inner) =>
      Object.fromEntries(
        inner.keys().flatMap((name) => {
          const one = inner.optionalObject(name, read);
          return one === undefined ? [] : [[name, one] as const];
        }),
      ),
    );
  }

  texts(key: string): string[] {
    const value = this.raw(key) ?? [];
    if (Array.isArray(value) && value.every((item): item is string => typeof item === "string")) return value;
    this.#report([key], "wrong_type", `${told(value)} is not a list of texts`);
    return [];
  }
}

/** A list of objects. @internal */
export function readList<T>(
  value: unknown,
  path: Path,
  issues: Issues,
  read: (reader: ObjectReader) => T,
): T[] {
  if (Array.isArray(value)) return value.map((item, i) => read(new ObjectReader(item, [...path, i], issues)));
  issues.push({ code: "not_a_list", path: jsonPath(path), message: `${told(value)} is not a list` });
  return [];
}

/** Reads something whole, or throws one error (`invalid_input`) that lists everything that is wrong. @internal */
export function readWhole<T>(what: string, read: (issues: Issues) => T): T {
  const issues: Issues = [];
  const result = read(issues);
  if (issues.length > 0) throw invalidInput(what, issues);
  return result;
}
