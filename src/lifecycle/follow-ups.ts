import type { Allocation, FollowUp } from "../model/index.js";
import { allocationsOf, type Change } from "./change.js";

/** Keeps the follow-up evaluations that something still waits for, these new ones among them. */
export function keepFollowUps(change: Change, added: readonly FollowUp[] = [], done?: string): void {
  const before = change.before.followUps ?? [];
  if (before.length === 0 && added.length === 0) return;
  const known = new Set(before.map(({ id }) => id));
  const all = [...before, ...added.filter(({ id }) => !known.has(id))].filter(({ id }) => id !== done);
  const waiting = awaited(all, allocationsOf(change));
  const kept = all.filter(({ id }) => waiting.has(id));
  const isSame = kept.length === before.length && kept.every((one, at) => one === before[at]);
  if (!isSame) change.draft.followUps = kept as NonNullable<typeof change.draft.followUps>;
}

/** The ids of those that an allocation waits for. */
function awaited(followUps: readonly FollowUp[], allocations: readonly Allocation[]): ReadonlySet<string> {
  const byAllocation = new Map<string, FollowUp[]>();
  for (const followUp of followUps) {
    for (const id of followUp.allocations) {
      const others = byAllocation.get(id);
      if (others === undefined) byAllocation.set(id, [followUp]);
      else others.push(followUp);
    }
  }
  const waiting = new Set<string>();
  for (const allocation of allocations) {
    for (const followUp of byAllocation.get(allocation.id) ?? []) {
      if (waitsFor(allocation, followUp)) waiting.add(followUp.id);
    }
  }
  return waiting;
}

function waitsFor(allocation: Allocation, { id, cause }: FollowUp): boolean {
  const bears = allocation.followUpEvaluationId === id;
  switch (cause) {
    case "lost_after":
      return allocation.clientStatus === "unknown" && allocation.desiredStatus === "run";
    case "stop_on_client_after":
      return bears && allocation.nextAllocation === undefined;
    case "reschedule":
      return (
        allocation.nextAllocation === undefined &&
        allocation.clientStatus !== "complete" &&
        (allocation.desiredStatus === "run" || allocation.reschedule?.last === "no_placement") &&
        // One that moves gets the evaluation, but not its id.
        (bears || allocation.desiredTransition?.migrate === true)
      );
  }
}
