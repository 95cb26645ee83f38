import type { Draft } from "immer";
import { type Allocation, type Deployment, type DeploymentState, VerdigrisError } from "../model/index.js";
import { immer } from "./immer.js";
import type { JobState } from "./job-state.js";
import type { Said, Transition } from "./outcome.js";
import { patchesBetween } from "./patches.js";
import { type Changes, withChanges } from "./plain.js";

/**
 * A state while one event changes it. Allocations may be many, and rules read them and the deployments over and over:
 * both stay plain data, lists that are copied once, at the first change. The rest is one draft.
 */
export interface Change {
  readonly before: JobState;
  readonly draft: Omit<Draft<JobState>, "index" | "allocations" | "deployments">;
  readonly now: number;
  /** The index that the new state will have. */
  readonly index: number;
  ownAllocations: readonly Allocation[] | undefined;
  ownDeployments: readonly Deployment[] | undefined;
}

/** The allocations as they are so far. */
export function allocationsOf(change: Change): readonly Allocation[] {
  return change.ownAllocations ?? change.before.allocations;
}

/** The allocation at that position becomes another one. */
export function setAllocation(change: Change, at: number, allocation: Allocation): void {
  if (allocationsOf(change)[at] === allocation) return;
  const own = change.ownAllocations ?? change.before.allocations.slice();
  (own as Allocation[])[at] = allocation;
  change.ownAllocations = own;
}

/** Something of the allocation at that position becomes different. */
export function changeAllocation(change: Change, at: number, changes: Changes<Allocation>): void {
  const was = allocationsOf(change)[at];
  if (was !== undefined) setAllocation(change, at, withChanges(was, changes));
}

/** The deployments as they are so far. */
export function deploymentsOf(change: Change): readonly Deployment[] {
  return change.ownDeployments ?? change.before.deployments;
}

/** Something of the deployment at that position becomes different. */
export function changeDeployment(change: Change, at: number, changes: Changes<Deployment>): void {
  const was = deploymentsOf(change)[at];
  if (was === undefined) return;
  const is = withChanges(was, changes);
  if (is !== was) change.ownDeployments = deploymentsOf(change).map((one) => (one === was ? is : one));
}

/** Something of the state that the deployment at that position has of each of these groups becomes different. */
export function changeGroups(
  change: Change,
  at: number,
  changes: Iterable<readonly [string, Changes<DeploymentState>]>,
): void {
  const was = deploymentsOf(change)[at]?.groups ?? {};
  let groups: { [group: string]: DeploymentState } | undefined;
  for (const [group, ofGroup] of changes) {
    const state = Object.hasOwn(was, group) ? was[group] : undefined;
    if (state === undefined) continue;
    const is = withChanges(state, ofGroup);
    if (is === state) continue;
    groups ??= { ...was };
    groups[group] = is;
  }
  if (groups !== undefined) changeDeployment(change, at, { groups });
}

/** Runs one event: the index raised and stamped on what was touched; the same state when nothing was. */
export function changing(state: JobState, now: number, recipe: (change: Change) => Said): Transition {
  requireTime(now);
  let open: Draft<JobState> | undefined;
  const change: Change = {
    before: state,
    // Most events change nothing but the lists, and a draft takes longer than they do.
    get draft() {
      open ??= immer.createDraft(state);
      return open;
    },
    now,
    index: state.index + 1,
    ownAllocations: undefined,
    ownDeployments: undefined,
  };
  const said = recipe(change);
  const drafted = open === undefined ? state : immer.finishDraft(open);
  const { ownAllocations, ownDeployments } = change;
  if (drafted === state && ownAllocations === undefined && ownDeployments === undefined) {
    return unchanged(state, withoutEvaluate(said));
  }
  // Not within the draft, which would look through all of them for drafts.
  const next: JobState = {
    ...drafted,
    index: state.index + 1,
    ...(ownAllocations === undefined ? {} : { allocations: ownAllocations }),
    ...(ownDeployments === undefined ? {} : { deployments: stamped(state, ownDeployments, now) }),
  };
  return { state: next, changed: true, ...said, patches: () => patchesBetween(state, next) };
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

export function withoutEvaluate<S extends Said>({ evaluate: _, ...said }: S): Omit<S, "evaluate"> {
  return said;
}

/** The deployments, those that are not as they were with the new index and time. */
function stamped({ deployments, index }: JobState, is: readonly Deployment[], now: number): Deployment[] {
  const was = new Set(deployments);
  return is.map((one) => (was.has(one) ? one : { ...one, modifyIndex: index + 1, modifiedAt: now }));
}
