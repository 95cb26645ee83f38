import {
  applyPatches as applyImmerPatches,
  current,
  type Draft,
  enablePatches,
  Immer,
  isDraft,
  original,
  type Patch,
} from "immer";
import { type Allocation, VerdigrisError } from "../model/index.js";
import type { JobState } from "./job-state.js";
import type { Said, StatePatches, Transition } from "./outcome.js";

/** An instance of our own: the caller's immer, and its settings, stay as they are. */
const immer = new Immer({ autoFreeze: false });

/**
 * A state while one event changes it. Everything but the allocations is drafted; allocations may be many and are read
 * over and over, so they stay plain data: a list that is copied once, at the first change.
 */
export interface Change {
  readonly before: JobState;
  readonly draft: Draft<JobState>;
  readonly now: number;
  /** The index that the new state will have. */
  readonly index: number;
  ownAllocations: Allocation[] | undefined;
}

/** The allocations as they are so far. */
export function allocationsOf(change: Change): readonly Allocation[] {
  return change.ownAllocations ?? change.before.allocations;
}

/** The allocation at that position becomes another one. */
export function setAllocation(change: Change, at: number, allocation: Allocation): void {
  change.ownAllocations ??= change.before.allocations.slice();
  change.ownAllocations[at] = allocation;
}

/** Whether a draft differs from what it was made of. */
export function isChanged(draft: object): boolean {
  return isDraft(draft) && current(draft) !== original(draft);
}

/** Runs one event: one draft, the index raised and stamped on what was touched; the same state when nothing was. */
export function changing(state: JobState, now: number, recipe: (change: Change) => Said): Transition {
  requireTime(now);
  let said: Said = {};
  const next = immer.produce(state, (draft) => {
    const change: Change = { before: state, draft, now, index: state.index + 1, ownAllocations: undefined };
    said = recipe(change);
    if (change.ownAllocations !== undefined) draft.allocations = change.ownAllocations as Draft<Allocation>[];
    stamp(change);
  });
  return next === state
    ? unchanged(state, withoutEvaluate(said))
    : transition(next, said, patchesOf(state, now, recipe));
}

/** A time that is none would end up in every deadline. */
function requireTime(now: number): void {
  if (Number.isSafeInteger(now) && now >= 0) return;
  throw new VerdigrisError(
    "bad_number",
    `now is ${now}; it is a whole number of milliseconds since the epoch.`,
    { path: "$.now", value: String(now) },
  );
}

/** The same state, and what is to be said all the same. */
export function unchanged(state: JobState, said: Said = {}): Transition {
  return { state, changed: false, ...said, patches: () => ({ patches: [], inversePatches: [] }) };
}

function transition(state: JobState, said: Said, patches: () => StatePatches): Transition {
  return { state, changed: true, ...said, patches };
}

function withoutEvaluate({ evaluate: _, ...said }: Said): Said {
  return said;
}

function stamp(change: Change): void {
  const { draft, index, now } = change;
  for (const deployment of draft.deployments) {
    if (!isChanged(deployment)) continue;
    deployment.modifyIndex = index;
    deployment.modifiedAt = now;
  }
  if (isTouched(change)) draft.index = index;
}

const PARTS = ["versions", "deployments", "nodes", "followUps", "wakeAt", "waitsForRoom", "purged"] as const;

/** Whether anything differs from before so far. */
export function isTouched({ before, draft, ownAllocations }: Change): boolean {
  if (ownAllocations !== undefined) return true;
  return PARTS.some((part) => {
    const value = draft[part];
    return isDraft(value) ? isChanged(value as object) : value !== before[part];
  });
}

/** Runs the event once more, this time noting each step: allocations one by one, so that the patches stay small. */
function patchesOf(state: JobState, now: number, recipe: (change: Change) => Said): () => StatePatches {
  return () => {
    enablePatches();
    const [, patches, inversePatches] = immer.produceWithPatches(state, (draft) => {
      const change: Change = { before: state, draft, now, index: state.index + 1, ownAllocations: undefined };
      recipe(change);
      if (change.ownAllocations !== undefined) setOneByOne(draft, state, change.ownAllocations);
      stamp(change);
    });
    return { patches, inversePatches };
  };
}

function setOneByOne(draft: Draft<JobState>, before: JobState, allocations: Allocation[]): void {
  if (allocations.length < before.allocations.length) {
    draft.allocations = allocations as Draft<Allocation>[];
    return;
  }
  for (let at = 0; at < allocations.length; at++) {
    const allocation = allocations[at];
    if (allocation !== before.allocations[at]) draft.allocations[at] = allocation as Draft<Allocation>;
  }
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
