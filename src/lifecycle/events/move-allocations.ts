import { type Allocation, type DesiredTransition, isTerminal, VerdigrisError } from "../../model/index.js";
import { type Change, changeAllocation, changing } from "../change.js";
import { requireAllocations } from "../find.js";
import { type JobState, registeredJob } from "../job-state.js";
import type { EvaluationCause, Transition } from "../outcome.js";
import { type Changes, withChanges } from "../plain.js";

/** A user stops one allocation: it is replaced in its role. @public */
export interface StopAllocation {
  readonly now: number;
  readonly allocationId: string;
}

/** A drainer moves allocations away from their nodes. @public */
export interface Migrate {
  readonly now: number;
  readonly allocationIds: readonly string[];
  /** What becomes of a batch job's: run again elsewhere (default), or not again. */
  readonly batch?: "run_again" | "not_again";
}

/**
 * Stops one allocation; another takes its role.
 *
 * @throws VerdigrisError `unknown_allocation`, `allocation_terminal`
 *
 * @example
 * ```ts
 * const { evaluate } = stopAllocation(canarying, { allocationId: canarying.allocations[0].id, now });
 * evaluate; // { because: "allocation_stopped" }
 * ```
 *
 * @public
 */
export function stopAllocation(state: JobState, { now, allocationId }: StopAllocation): Transition {
  return move(state, now, [allocationId], { migrate: true }, "allocation_stopped");
}

/**
 * Moves allocations to other nodes. Which of them may move now is what {@link drainable} says.
 *
 * @throws VerdigrisError `nothing_named`, `unknown_allocation`, `allocation_terminal`
 *
 * @example
 * ```ts
 * const { evaluate } = migrate(canarying, { allocationIds: [canarying.allocations[0].id], now });
 * evaluate; // { because: "migration" }
 * ```
 *
 * @public
 */
export function migrate(state: JobState, { now, allocationIds, batch = "run_again" }: Migrate): Transition {
  if (allocationIds.length === 0)
    throw new VerdigrisError("nothing_named", "No allocation is named; name at least one.");
  const isBatch = registeredJob(state)?.type === "batch";
  // The last word counts: the other choice is taken back.
  const ofBatch: Changes<DesiredTransition> =
    batch === "run_again"
      ? { reschedule: true, disableMigrationPlacement: undefined }
      : { reschedule: undefined, disableMigrationPlacement: true };
  return move(state, now, allocationIds, { migrate: true, ...(isBatch ? ofBatch : {}) }, "migration");
}

function move(
  state: JobState,
  now: number,
  ids: readonly string[],
  transition: Changes<DesiredTransition>,
  because: EvaluationCause,
): Transition {
  const positions = requireAllocations(state, ids);
  for (const at of positions) refuseTerminal(state.allocations[at]);
  return changing(state, now, (change) => {
    for (const at of positions) ask(change, at, transition);
    return { evaluate: { because } };
  });
}

function refuseTerminal(allocation: Allocation | undefined): void {
  if (allocation === undefined || !isTerminal(allocation)) return;
  throw new VerdigrisError(
    "allocation_terminal",
    `Allocation "${allocation.id}" is ${allocation.clientStatus} and the server wants it to ${allocation.desiredStatus}: there is nothing to move. Name one that runs or is about to.`,
    {
      allocationId: allocation.id,
      clientStatus: allocation.clientStatus,
      desiredStatus: allocation.desiredStatus,
    },
  );
}

function ask(change: Change, at: number, transition: Changes<DesiredTransition>): void {
  const allocation = change.before.allocations[at];
  if (allocation === undefined) return;
  const was = allocation.desiredTransition ?? {};
  const desiredTransition = withChanges(was, transition);
  if (desiredTransition === was) return;
  changeAllocation(change, at, { desiredTransition, modifiedAt: change.now });
}
