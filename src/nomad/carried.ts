import type { Json } from "../model/index.js";

/** Keys whose values are the user's own: nothing below them is renamed. */
const USER_DATA: ReadonlySet<string> = new Set([
  "Env",
  "Meta",
  "Config",
  "CanaryMeta",
  "Headers",
  "Args",
  "Options",
]);

/** Words of the API that the model has another one for. */
const RENAMED: { readonly [key: string]: string } = {
  LogConfig: "logs",
  RestartPolicy: "restart",
  ScalingPolicies: "scaling",
};

/**
 * What the model carries without reading it: the same JSON under names as the model writes them, without what is null.
 *
 * @internal
 */
export function carried(value: unknown): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item) => carried(item) ?? null);
  if (typeof value === "object") {
    const fields: Record<string, Json> = {};
    for (const [key, inner] of Object.entries(value)) {
      const kept = USER_DATA.has(key) ? asItIs(inner) : carried(inner);
      if (kept !== undefined) fields[nameOf(key)] = kept;
    }
    return fields;
  }
  return asItIs(value);
}

function asItIs(value: unknown): Json | undefined {
  return value === null || value === undefined ? undefined : (value as Json); // It came out of JSON.
}

/** `MemoryMB` is `memoryMb` here. */
function nameOf(key: string): string {
  const renamed = Object.hasOwn(RENAMED, key) ? RENAMED[key] : undefined;
  if (renamed !== undefined) return renamed;
  const words = key.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z0-9]+/g) ?? [key];
  return words
    .map((word, i) =>
      i === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
    )
    .join("");
}
