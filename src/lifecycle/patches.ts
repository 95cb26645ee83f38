import { applyPatches as applyImmerPatches, type Draft, enablePatches, type Patch } from "immer";
import { immer } from "./immer.js";
import type { JobState } from "./job-state.js";
import type { StatePatches } from "./outcome.js";

/** The way from one state to the next and back; whatever they share costs nothing. */
export function patchesBetween(before: JobState, after: JobState): StatePatches {
  enablePatches();
  const [, patches, inversePatches] = immer.produceWithPatches(before, (draft: Draft<JobState>) =>
    become(draft, before, after),
  );
  return { patches, inversePatches };
}

type Structure = { [key: string]: unknown };

/** Makes a draft what it is to be, and touches only what differs, so that the patches stay as small as the change. */
function become(draft: object, was: object, is: object): void {
  const [from, to, target] = [was as Structure, is as Structure, draft as Structure];
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) delete target[key];
  for (const key of Object.keys(to)) {
    const [old, value] = [from[key], to[key]];
    if (old === value && Object.hasOwn(from, key)) continue;
    if (isAlike(old, value)) become(target[key] as object, old as object, value);
    else target[key] = value;
  }
}

/** Two objects, or two lists of which none was taken out of the middle: it is worth looking inside. */
function isAlike(old: unknown, value: unknown): value is object {
  if (typeof old !== "object" || typeof value !== "object" || old === null || value === null) return false;
  if (Array.isArray(old) || Array.isArray(value)) {
    return Array.isArray(old) && Array.isArray(value) && value.length >= old.length;
  }
  return true;
}

/**
 * The state that a transition's patches lead to (or back to).
 *
 * @example
 * ```ts
 * const step = promote(canarying, { deploymentId, now });
 * const { patches, inversePatches } = step.patches();
 * applyPatches(canarying, patches); // step.state
 * applyPatches(step.state, inversePatches); // canarying
 * ```
 *
 * @public
 */
export function applyPatches(state: JobState, patches: readonly Patch[]): JobState {
  enablePatches();
  return applyImmerPatches(state, patches as Patch[]);
}
