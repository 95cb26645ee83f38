import {
  type Allocation,
  type CheckState,
  CLIENT_STATUSES,
  type ClientStatus,
  firstDifference,
  isClientTerminal,
  type Json,
  type TaskState,
  VerdigrisError,
} from "../../model/index.js";
import { allocationsOf, type Change, changing, setAllocation } from "../change.js";
import { restartDeadlines } from "../deadlines.js";
import { requireAllocations, requireStatus } from "../find.js";
import { keepFollowUps } from "../follow-ups.js";
import { currentDeploymentAt, type JobState, registeredJob } from "../job-state.js";
import type { Said, Transition } from "../outcome.js";
import { withChanges } from "../plain.js";
import { judge } from "../record-health.js";
import { forgetPurged } from "../versions.js";

/** What a node reports of one allocation; what it leaves out is as before. @public */
export interface ClientUpdate {
  readonly allocationId: string;
  readonly clientStatus?: ClientStatus;
  readonly taskStates?: { readonly [task: string]: TaskState };
  readonly checks?: { readonly [check: string]: CheckState };
}

/** Nodes report. @public */
export interface UpdateClients {
  readonly now: number;
  readonly updates: readonly ClientUpdate[];
}

/**
 * Merges what nodes report. Allocations of the active deployment are judged at once: one that failed is unhealthy, and
 * may fail the deployment. Asks for an evaluation when one failed, completed, was lost, or came back.
 *
 * @throws VerdigrisError `unknown_allocation`, `unknown_status`, `allocation_terminal`: one that ended never runs again
 *
 * @example
 * ```ts
 * const updates = [{ allocationId: canarying.allocations[0].id, clientStatus: "failed" }];
 * const { evaluate } = updateClients(canarying, { updates, now });
 * evaluate; // { because: "client_update" }
 * ```
 *
 * @public
 */
export function updateClients(state: JobState, { now, updates }: UpdateClients): Transition {
  const positions = requireAllocations(
    state,
    updates.map(({ allocationId }) => allocationId),
  );
  return changing(state, now, (change) => {
    let isNews = false;
    updates.forEach((update, i) => {
      isNews = merge(change, positions[i] ?? -1, update) || isNews;
    });
    const at = currentDeploymentAt(state.deployments, registeredJob(state));
    const judged: Said = judge(change, at, new Set(positions));
    restartDeadlines(change, at);
    keepFollowUps(change);
    forgetPurged(change);
    return isNews && judged.evaluate === undefined
      ? { ...judged, evaluate: { because: "client_update" } }
      : judged;
  });
}

/** Whether the reconciler should know of it. */
function merge(change: Change, at: number, update: ClientUpdate): boolean {
  const before = allocationsOf(change)[at];
  if (before === undefined) return false;
  const status = update.clientStatus ?? before.clientStatus;
  requireStatus(`Allocation "${before.id}"`, status, CLIENT_STATUSES);
  refuseRevival(before, status);
  const after = withChanges(before, {
    clientStatus: status,
    ...(update.taskStates === undefined
      ? {}
      : { taskStates: { ...before.taskStates, ...update.taskStates } }),
    ...(update.checks === undefined ? {} : { checks: { ...before.checks, ...update.checks } }),
    ...(status !== before.clientStatus && (status === "lost" || status === "unknown")
      ? { clientStatusHistory: [...(before.clientStatusHistory ?? []), { status, at: change.now }] }
      : {}),
    // When it ended is when it failed, where no task says so (`failTime`).
    ...(isClientTerminal(before) ? {} : { modifiedAt: change.now }),
  });
  if (isSame(before, after)) return false;
  setAllocation(change, at, after);
  // One that completed may be told to have failed, and is due then.
  const ended = isClientTerminal(after) && status !== before.clientStatus;
  return ended || (before.clientStatus === "unknown") !== (status === "unknown");
}

function refuseRevival(before: Allocation, status: ClientStatus): void {
  if (!isClientTerminal(before) || status === "complete" || status === "failed" || status === "lost") return;
  throw new VerdigrisError(
    "allocation_terminal",
    `Allocation "${before.id}" is ${before.clientStatus}: it never becomes ${status} again. Is the report an old one?`,
    { allocationId: before.id, clientStatus: before.clientStatus, reported: status },
  );
}

function isSame(before: Allocation, after: Allocation): boolean {
  return (
    before.clientStatus === after.clientStatus &&
    !differs(before.taskStates, after.taskStates) &&
    !differs(before.checks, after.checks)
  );
}

function differs(before: object | undefined, after: object | undefined): boolean {
  return firstDifference(before as Json | undefined, after as Json | undefined, "") !== undefined;
}
