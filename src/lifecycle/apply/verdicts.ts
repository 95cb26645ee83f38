import {
  type Action,
  type Allocation,
  type ClientStatus,
  type ClientStatusChange,
  isClientTerminal,
  isTerminal,
  type Job,
  type StopAction,
  type UpdateAction,
} from "../../model/index.js";
import { withChanges } from "../plain.js";
import { sameSpecification } from "../rules/same-specification.js";
import { versionOf } from "../rules/version-of.js";
import type { Placed } from "./placed.js";

/** An action about an allocation that exists. */
export type Verdict = Extract<Action, { readonly allocationId: string }>;

/** What the outcome of a verdict depends on. */
export interface VerdictContext {
  readonly now: number;
  readonly placed: Placed;
  /** Whether two versions say the same. */
  readonly isSameAs: ReturnType<typeof comparison>;
  /** The placements that were tried, found room or not. */
  readonly tried: ReadonlyMap<string, unknown>;
}

export function isVerdict(action: Action): action is Verdict {
  return "allocationId" in action;
}

/** Whether a verdict asks for anything at all; most do not. */
export function hasEffect(verdict: Verdict): boolean {
  return (
    verdict.kind !== "ignore" ||
    verdict.followUpEvaluationId !== undefined ||
    verdict.clientStatus !== undefined
  );
}

/** The allocation after its verdict; the same object when nothing about it changes. */
export function afterVerdict(allocation: Allocation, verdict: Verdict, context: VerdictContext): Allocation {
  const waiting =
    verdict.followUpEvaluationId === undefined
      ? allocation
      : withChanges(allocation, { followUpEvaluationId: verdict.followUpEvaluationId });
  const wasReplaced = context.placed.nextOf.has(allocation.id);
  // Half of a pair that was left out: the next plan does both.
  if (verdict.kind !== "replace" && "placement" in verdict && !context.tried.has(verdict.placement ?? "")) {
    return allocation;
  }
  switch (verdict.kind) {
    case "ignore":
      return verdict.clientStatus === undefined
        ? waiting
        : withChanges(waiting, { clientStatus: verdict.clientStatus });
    case "stop":
      return verdict.reason.code === "rescheduled" && !wasReplaced
        ? notReplaced(allocation, context)
        : stopped(waiting, verdict.reason.code, verdict.clientStatus, context.now);
    case "replace": {
      // It stops only if the other one is placed.
      const after = wasReplaced ? stopped(waiting, verdict.reason.code, undefined, context.now) : waiting;
      return verdict.disconnect === true ? gone(after, context.now) : after;
    }
    case "update": {
      const after = adopted(waiting, verdict, context);
      return verdict.disconnect === true ? gone(after, context.now) : after;
    }
    case "disconnect":
      return gone(waiting, context.now);
    case "reconnect": {
      const clientStatusHistory = noted(allocation, "running", context.now);
      return withChanges(allocation, {
        clientStatusHistory,
        followUpEvaluationId: undefined,
        modifiedAt: context.now,
      });
    }
  }
}

/** One whose stop was left out of the plan: its place is taken all the same, and it must not be replaced twice. */
export function afterPlacement(allocation: Allocation, { now, placed }: VerdictContext): Allocation {
  const why = placed.gone.get(allocation.id);
  return why === undefined ? allocation : stopped(allocation, why, why === "lost" ? why : undefined, now);
}

/** A failed one whose replacement found no room stays, to be tried again. */
function notReplaced(allocation: Allocation, { placed }: VerdictContext): Allocation {
  if (!placed.withoutRoom.has(allocation.id) || allocation.reschedule?.last === "no_placement")
    return allocation;
  const events = allocation.reschedule?.events ?? [];
  return withChanges(allocation, { reschedule: { events, last: "no_placement" } });
}

function stopped(
  allocation: Allocation,
  stopReason: NonNullable<Allocation["stopReason"]>,
  clientStatus: StopAction["clientStatus"],
  now: number,
): Allocation {
  const isSo =
    allocation.desiredStatus === "stop" &&
    (clientStatus ?? allocation.clientStatus) === allocation.clientStatus;
  if (isSo) return allocation;
  return withChanges(allocation, {
    desiredStatus: "stop",
    stopReason,
    ...(clientStatus === undefined ? {} : { clientStatus }),
    ...(clientStatus === "lost" ? { clientStatusHistory: noted(allocation, "lost", now) } : {}),
    // When it ended is when it failed, where no task says so (`failTime`).
    modifiedAt: isClientTerminal(allocation) ? allocation.modifiedAt : now,
  });
}

/** Its node is away. */
function gone(allocation: Allocation, now: number): Allocation {
  const clientStatusHistory = noted(allocation, "unknown", now);
  return withChanges(allocation, { clientStatus: "unknown", clientStatusHistory, modifiedAt: now });
}

function noted(allocation: Allocation, status: ClientStatus, at: number): readonly ClientStatusChange[] {
  return [...(allocation.clientStatusHistory ?? []), { status, at }];
}

/** It adopts a version; its health is to be proven again, except where nothing at all differs (D 17). */
function adopted(allocation: Allocation, action: UpdateAction, context: VerdictContext): Allocation {
  const { now } = context;
  const { jobVersion, jobCreateIndex, deploymentId } = action;
  const timestamp = allocation.deploymentStatus?.timestamp;
  return withChanges(allocation, {
    jobVersion,
    jobCreateIndex,
    deploymentId,
    deploymentStatus: keepsHealth(allocation, action, context)
      ? { healthy: true, ...(timestamp === undefined ? {} : { timestamp }) }
      : undefined,
    adoptedAt: now,
    modifiedAt: isClientTerminal(allocation) ? allocation.modifiedAt : now,
  });
}

/** A healthy, live one that adopts what it runs already. */
function keepsHealth(allocation: Allocation, to: UpdateAction, { isSameAs }: VerdictContext): boolean {
  return allocation.deploymentStatus?.healthy === true && !isTerminal(allocation) && isSameAs(allocation, to);
}

type OfVersion = Pick<Allocation, "jobVersion" | "jobCreateIndex">;

/** Whether two versions say the same; asked once for each that is adopted from, however many allocations run it. */
export function comparison(versions: readonly Job[]): (from: OfVersion, to: OfVersion) => boolean {
  const answers = new Map<Job, Map<Job, boolean>>();
  return (from, to) => {
    const [before, after] = [versionOf(versions, from), versionOf(versions, to)];
    if (before === undefined || after === undefined) return false;
    const known = answers.get(before) ?? new Map<Job, boolean>();
    answers.set(before, known);
    const answer = known.get(after) ?? sameSpecification(before, after);
    known.set(after, answer);
    return answer;
  };
}
