import { VerdigrisError } from "../../model/index.js";
import { whatIs } from "../what-is.js";

/** What of fast-check is used; the type of the same name in fast-check.ts says the same. */
const NEEDED = ["array", "nat", "record", "constantFrom", "commands", "modelRun", "property", "check"];

/** Refuses (`bad_option`) what is not fast-check version 4: runs would fail one by one, and say nothing of why. */
export function refuseFastCheck(given: unknown): void {
  const expected = 'makeTestingKit takes fast-check version 4 (import fc from "fast-check")';
  const parts = new Map(isAny(given) ? NEEDED.map((name) => [name, Reflect.get(given, name)]) : []);
  if (!isAny(given) || [...parts.values()].every((part) => part === undefined))
    throw refused("fc", `${expected}, it was given ${whatIs(given)}.`);
  const version: unknown = Reflect.get(given, "__version");
  if (typeof version !== "string" || !version.startsWith("4."))
    throw refused("fc", `${expected}, it was given version ${String(version)}.`);
  const lacking = NEEDED.filter((name) => typeof parts.get(name) !== "function");
  if (lacking.length > 0) throw refused("fc", `${expected}, it was given one without ${lacking.join(", ")}.`);
}

/** Refuses (`bad_option`) what is no reconciler. */
export function refuseReconciler(given: unknown): void {
  if (typeof given !== "function")
    throw refused("reconcile", `reconcile must be a function (input) => plan, it is ${whatIs(given)}.`);
}

/** Refuses (`bad_option`) what is not a reconciler and a lifecycle. */
export function refuseDeciders(given: unknown): void {
  if (!isAny(given) || typeof given === "function") {
    const message = `assertLifecycle takes { reconcile, transition }, it was given ${whatIs(given)}.`;
    throw refused("decide", message);
  }
  refuseReconciler(Reflect.get(given, "reconcile"));
  const transition: unknown = Reflect.get(given, "transition");
  if (typeof transition === "function") return;
  const expected = "transition must be a function (state, event) => { state, changed }";
  throw refused("transition", `${expected}, it is ${whatIs(transition)}.`);
}

function isAny(given: unknown): given is object {
  return typeof given === "function" || (typeof given === "object" && given !== null);
}

function refused(option: string, message: string): VerdigrisError {
  return new VerdigrisError("bad_option", message, { option });
}
