import {
  type Allocation,
  isPlacing,
  type Job,
  type PlacingAction,
  type Plan,
  type RescheduleEvent,
  type RescheduleRecord,
} from "../../model/index.js";
import { ownGroup } from "../rules/version-of.js";
import type { PlacementOutcome } from "./placement-outcome.js";

/** What became of the plan's placements. */
export interface Placed {
  readonly allocations: readonly Allocation[];
  /** Which new allocation took over from which old one. */
  readonly nextOf: ReadonlyMap<string, string>;
  /** Old ones that moved or were lost, and whose place is taken. */
  readonly gone: ReadonlyMap<string, "migrating" | "lost">;
  /** Old ones whose replacement found no room. */
  readonly withoutRoom: ReadonlySet<string>;
  /** How many placements found no room, by group. */
  readonly noRoom: ReadonlyMap<string, number>;
}

/** No more of the log of an allocation that may be rescheduled for ever is carried over. */
const NEWEST_EVENTS = 5;

/** Makes the new allocations: to run, pending, chained to the ones that they replace. */
export function place(
  plan: Plan,
  outcomes: ReadonlyMap<string, PlacementOutcome>,
  previous: (id: string) => Allocation | undefined,
  versions: readonly Job[],
  now: number,
): Placed {
  const allocations: Allocation[] = [];
  const nextOf = new Map<string, string>();
  const gone = new Map<string, "migrating" | "lost">();
  const withoutRoom = new Set<string>();
  const noRoom = new Map<string, number>();
  for (const action of plan.actions) {
    if (!isPlacing(action)) continue;
    const outcome = outcomes.get(action.placement);
    const replaced = action.kind === "replace" ? action.allocationId : action.previousAllocation;
    if (outcome === undefined) continue;
    if ("noRoom" in outcome) {
      noRoom.set(action.group, (noRoom.get(action.group) ?? 0) + 1);
      if (replaced !== undefined) withoutRoom.add(replaced);
      continue;
    }
    const old = replaced === undefined ? undefined : previous(replaced);
    allocations.push(newAllocation(action, outcome, old, versions, now));
    if (replaced === undefined) continue;
    nextOf.set(replaced, outcome.allocationId);
    const { code } = action.reason;
    if (code === "migrating" || code === "lost") gone.set(replaced, code);
  }
  return { allocations, nextOf, gone, withoutRoom, noRoom };
}

function newAllocation(
  action: PlacingAction,
  { allocationId, nodeId, score }: Exclude<PlacementOutcome, { readonly noRoom: true }>,
  previous: Allocation | undefined,
  versions: readonly Job[],
  now: number,
): Allocation {
  const record = previous === undefined ? undefined : rescheduleRecord(action, previous, versions, now);
  return {
    id: allocationId,
    name: action.name,
    jobVersion: action.jobVersion,
    jobCreateIndex: action.jobCreateIndex,
    group: action.group,
    nodeId,
    desiredStatus: "run",
    clientStatus: "pending",
    createdAt: now,
    modifiedAt: now,
    ...(action.deploymentId === undefined ? {} : { deploymentId: action.deploymentId }),
    ...(action.kind === "canary" && action.deploymentId !== undefined
      ? { deploymentStatus: { canary: true } }
      : {}),
    ...(previous === undefined ? {} : { previousAllocation: previous.id }),
    ...(record === undefined ? {} : { reschedule: record }),
    ...(score === undefined ? {} : { score }),
  };
}

/** A reschedule carries the log over, and adds itself. */
function rescheduleRecord(
  action: PlacingAction,
  previous: Allocation,
  versions: readonly Job[],
  now: number,
): RescheduleRecord | undefined {
  if (action.kind === "replace" || action.reason.code !== "rescheduled") return undefined;
  const event: RescheduleEvent = {
    at: now,
    previousAllocationId: previous.id,
    previousNodeId: previous.nodeId,
    delay: action.reason.delay,
  };
  return { events: [...carriedOver(previous, versions, now), event], last: "ok" };
}

/** Of an allocation with limited attempts those that still count; else the newest few. */
function carriedOver(
  previous: Allocation,
  versions: readonly Job[],
  now: number,
): readonly RescheduleEvent[] {
  const events = previous.reschedule?.events ?? [];
  const policy = ownGroup(versions, previous)?.reschedule;
  if (policy?.unlimited === true || policy?.interval === undefined) return events.slice(-NEWEST_EVENTS);
  const since = now - policy.interval;
  return events.filter(({ at }) => at > since);
}
