import type { JobEvent, JobState } from "../lifecycle/index.js";
import { currentJob } from "../model/index.js";
import type { ReconcilePolicy } from "../reconcile/index.js";
import { outcomeOf } from "./outcome.js";
import {
  after,
  allHealthy,
  type Moment,
  type Possible,
  possibleEvents,
  sortOfMoment,
} from "./possible-events.js";
import type { EndedBy } from "./wait.js";
import type { Need, Way, WaysOn } from "./way.js";

/** @public */
export interface UnstickOptions {
  /** How many ways at most, the cheapest first. Default 5. */
  readonly ways?: number;
  /** How many states are looked at. Default 500, fewer of a job of more than a few hundred allocations. */
  readonly most?: number;
  readonly policy?: ReconcilePolicy;
}

/** What each kind of event costs: nobody has to do anything for a plan or for time. */
const COSTS: Record<EndedBy, number> = { planner: 0, clock: 0, client: 1, capacity: 2, operator: 2 };

interface Path extends Moment {
  readonly steps: readonly Possible[];
  readonly cost: number;
}

/**
 * What would move or finish a rollout, cheapest first: all that may happen but faults is tried, on states that the same functions make, until the
 * current version, the status of its deployment or a promotion is another. Bounded: where `isComplete` is false, nothing found is no
 * proof that there is nothing. Times are milliseconds since the epoch.
 *
 * @example
 * ```ts
 * const { ways: [first] } = unstick(canarying, now);
 * first?.needs.map(({ event }) => event.kind); // ["promote"]
 * first?.result.promoted; // ["api"]
 * ```
 *
 * @public
 */
export function unstick(state: JobState, now: number, options: UnstickOptions = {}): WaysOn {
  const { ways: wanted = 5, most = mostOf(state), policy } = options;
  const outcomes = [outcomeOf(state), outcomeOf(begun(state, now, policy))];
  const ways: Way[] = [];
  const known = new Set<string>();
  const open: Path[] = [{ state, now, steps: [], cost: 0 }];
  while (open.length > 0 && ways.length < wanted && known.size < most) {
    const path = cheapest(open);
    if (!outcomes.includes(outcomeOf(path.state))) {
      const way = wayOf(path, state);
      if (!ways.some((cheaper) => doesWithLess(cheaper, way))) ways.push(way);
      continue;
    }
    const sort = sortOfMoment(path);
    if (known.has(sort)) continue;
    known.add(sort);
    for (const step of [...possibleEvents(path, policy), ...allHealthy(path)]) {
      if (step.isFault) continue;
      const next = after(path, step);
      if (next !== undefined)
        open.push({ ...next, steps: [...path.steps, step], cost: path.cost + costOf(step) });
    }
  }
  return { ways, isComplete: open.length === 0 || ways.length >= wanted };
}

/** Each report of health is one, also where several come at once. */
function costOf({ by, event }: Possible): number {
  return COSTS[by] * (event.kind === "report_health" ? (event.healthy?.length ?? 1) : 1);
}

function mostOf({ allocations }: JobState): number {
  return Math.min(500, Math.ceil(200_000 / (1 + allocations.length)));
}

/** The state once the plan that is due is carried out: that it makes a deployment is no way on. */
function begun(state: JobState, now: number, policy: ReconcilePolicy | undefined): JobState {
  const plan = possibleEvents({ state, now }, policy).find(({ event }) => event.kind === "apply_plan");
  return plan === undefined ? state : (after({ state, now }, plan)?.state ?? state);
}

/** Whether it comes to the same no later, and needs nothing that the other does not need as well. */
function doesWithLess(cheaper: Way, way: Way): boolean {
  const [{ at, ...less }, { at: later, ...more }] = [cheaper.result, way.result];
  if (at > later || JSON.stringify(less) !== JSON.stringify(more)) return false;
  const left = kindsNeeded(way);
  return kindsNeeded(cheaper).every((kind) => {
    const at = left.indexOf(kind);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** One for each thing that has to happen: each that becomes healthy is one. */
function kindsNeeded({ needs }: Way): string[] {
  return needs.flatMap(({ event }) =>
    event.kind === "report_health" ? (event.healthy ?? []).map(() => event.kind) : [event.kind],
  );
}

/** Takes out what costs least; of those, what takes the fewest events. */
function cheapest(open: Path[]): Path {
  let at = 0;
  for (let i = 1; i < open.length; i++) {
    const [one, best] = [open[i], open[at]];
    if (one === undefined || best === undefined) continue;
    if (one.cost < best.cost || (one.cost === best.cost && one.steps.length < best.steps.length)) at = i;
  }
  const [path] = open.splice(at, 1);
  if (path === undefined) throw new RangeError("nothing is left to look at");
  return path;
}

function wayOf({ state, now: at, steps }: Path, before: JobState): Way {
  const needs = steps.flatMap(({ by, event }) =>
    by === "planner" || by === "clock" ? [] : [needOf(by, event, state)],
  );
  const latest = state.deployments[state.deployments.length - 1];
  const was = promotedIn(before);
  return {
    needs,
    events: steps.map(({ event }) => event),
    result: {
      at,
      fromVersion: currentJob(before.versions)?.version ?? 0,
      jobVersion: currentJob(state.versions)?.version ?? 0,
      ...(latest === undefined ? {} : { status: latest.status }),
      promoted: promotedIn(state).filter((group) => !was.includes(group)),
    },
  };
}

function needOf(by: Need["by"], event: JobEvent, { allocations }: JobState): Need {
  const [judged] = event.kind === "report_health" ? (event.healthy ?? []) : [];
  const group = allocations.find(({ id }) => id === judged)?.group;
  return { by, event, ...(group === undefined ? {} : { group }) };
}

/** The groups that are promoted in the latest deployment. */
function promotedIn({ deployments }: JobState): string[] {
  const groups = deployments[deployments.length - 1]?.groups ?? {};
  return Object.entries(groups).flatMap(([group, own]) => (own.promoted ? [group] : []));
}
