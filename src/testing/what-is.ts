/** Names a value that is not what it should be, for people: "undefined", "a Promise", "a list". */
export function whatIs(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return `the ${typeof value} ${String(value)}`;
  if (value instanceof Map || value instanceof Set) return `a ${value.constructor.name}`;
  return "then" in value && typeof value.then === "function" ? "a Promise" : "an object";
}
