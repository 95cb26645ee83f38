/**
 * Any plain JSON value, read-only to the bottom. What the library carries without interpreting it is of this type.
 *
 * @public
 */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * An object of JSON values. A key that is absent and one that is `undefined` mean the same.
 *
 * @public
 */
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Whether a value is an object with keys (no array, not null). @internal */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
