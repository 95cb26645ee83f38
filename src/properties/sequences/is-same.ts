/**
 * Whether two values say the same: keys may stand in any order, and an absent one is like one that is undefined. What they
 * share is not looked into.
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  for (const key of Object.keys(a)) if (!isSame(Reflect.get(a, key), ownOf(b, key))) return false;
  for (const key of Object.keys(b))
    if (!Object.hasOwn(a, key) && Reflect.get(b, key) !== undefined) return false;
  return true;
}

function ownOf(object: object, key: string): unknown {
  return Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
}
