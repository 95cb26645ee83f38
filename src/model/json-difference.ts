import { isJsonObject, type Json, type JsonObject } from "./json.js";
import type { ChangedProperty } from "./reasons.js";

/** The first difference between two JSON values, in the order of the keys; an absent key and `undefined` are the same. */
export function firstDifference(
  from: Json | undefined,
  to: Json | undefined,
  path: string,
): ChangedProperty | undefined {
  if (from === to) return undefined;
  if (Array.isArray(from) && Array.isArray(to)) return arrayDifference(from, to, path);
  if (isJsonObject(from) && isJsonObject(to)) {
    return objectDifference(from, to, (key) =>
      firstDifference(ownValue(from, key), ownValue(to, key), joined(path, key)),
    );
  }
  return changed(path, from, to);
}

/** The first key, sorted, that `differenceOf` finds a difference in. */
export function objectDifference(
  from: JsonObject,
  to: JsonObject,
  differenceOf: (key: string) => ChangedProperty | undefined,
): ChangedProperty | undefined {
  for (const key of keysOfBoth(from, to)) {
    const difference = differenceOf(key);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** What the object itself bears under that key; nothing inherited, whatever the key is called. */
export function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A change at that path; what is absent stays absent. */
export function changed(path: string, from: Json | undefined, to: Json | undefined): ChangedProperty {
  return { path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** The path of a key below another path. */
export function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function arrayDifference(
  from: readonly Json[],
  to: readonly Json[],
  path: string,
): ChangedProperty | undefined {
  const length = Math.max(from.length, to.length);
  for (let i = 0; i < length; i++) {
    const difference = firstDifference(from[i], to[i], `${path}[${i}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function keysOfBoth(from: JsonObject, to: JsonObject): string[] {
  const keys = new Set(Object.keys(from));
  for (const key of Object.keys(to)) keys.add(key);
  return [...keys].sort();
}
