import type { JobEvent, JobState } from "../lifecycle/index.js";
import { currentJob, latestDeployment, placementsOf } from "../model/index.js";
import type { ReconcilePolicy } from "../reconcile/index.js";
import { Moment } from "./moment.js";
import { outcomeOf } from "./outcome.js";
import { workOf } from "./plan-work.js";
import { allHealthy, type Possible, possibleEvents } from "./possible-events.js";
import { planEvent } from "./silence.js";
import type { EndedBy } from "./wait.js";
import type { Need, Way, WayResult, WaysOn } from "./way.js";

/** How far ways on are looked for. @public */
export interface UnstickOptions {
  /** How many ways at most, the cheapest first. Default 5. */
  readonly ways?: number;
  /** How many states are looked at. Default 500, fewer of a job of more than a hundred allocations. */
  readonly most?: number;
  readonly policy?: ReconcilePolicy;
}

/** What each kind of event costs: nobody has to do anything for a plan or for time. */
const COSTS: Record<EndedBy, number> = { planner: 0, clock: 0, client: 1, capacity: 2, operator: 2 };

interface Path {
  readonly moment: Moment;
  readonly steps: readonly Possible[];
  readonly cost: number;
}

/**
 * What would move or finish a rollout, cheapest first: all that may happen but faults is tried, on states that the same functions make, until the
 * current version, the status of its deployment or a promotion is another, or a plan goes on with it that was not possible before. Bounded: where
 * `isComplete` is false, nothing found is no proof that there is nothing. Times are milliseconds since the epoch.
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
  const first = new Moment(state, now, policy);
  const outcomes = [outcomeOf(state), outcomeOf(begun(first).state)];
  const ways: Way[] = [];
  const known = new Set<string>();
  const open: Path[] = [{ moment: first, steps: [], cost: 0 }];
  const take = (path: Path, kind: WayResult["kind"]): void => {
    const way = wayOf(path, first, kind);
    if (!ways.some((cheaper) => doesWithLess(cheaper, way))) ways.push(way);
  };
  while (open.length > 0 && ways.length < wanted && known.size < most) {
    const path = cheapest(open);
    const { moment, steps } = path;
    if (!outcomes.includes(outcomeOf(moment.state))) {
      take(path, "finishes");
      continue;
    }
    const { sort } = moment;
    if (known.has(sort)) continue;
    known.add(sort);
    if (isNewPlan(steps)) take(path, "moves");
    for (const step of [...possibleEvents(moment), ...allHealthy(moment)]) {
      if (step.isFault) continue;
      const next = moment.after(step.event);
      if (next !== undefined)
        open.push({ moment: next, steps: [...steps, step], cost: path.cost + costOf(step) });
    }
  }
  return { ways, isComplete: open.length === 0 || ways.length >= wanted };
}

/** Each report of health is one, also where several come at once. */
function costOf({ by, event }: Possible): number {
  return COSTS[by] * (event.kind === "report_health" ? (event.healthy?.length ?? 1) : 1);
}

function mostOf({ allocations, versions }: JobState): number {
  const wanted = currentJob(versions)?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const size = Math.max(allocations.length, wanted);
  return Math.min(500, Math.max(20, Math.ceil(40_000 / (1 + size))));
}

/** Once the plan that is due is carried out: that it makes a deployment is no way on. */
function begun(moment: Moment): Moment {
  const event = planEvent(moment);
  return event === undefined ? moment : (moment.after(event) ?? moment);
}

/** The last step is a plan that changes something, and the first one after somebody did something. */
function isNewPlan(steps: readonly Possible[]): boolean {
  const last = steps.at(-1);
  if (last?.event.kind !== "apply_plan" || workOf(last.event.plan).length === 0) return false;
  const isNeeded = ({ by }: Possible): boolean => by !== "planner" && by !== "clock";
  const firstNeed = steps.findIndex(isNeeded);
  const before = steps.slice(firstNeed, -1);
  return firstNeed >= 0 && before.every(({ event }) => event.kind !== "apply_plan");
}

/** Whether it comes to the same no later, and needs nothing that the other does not need as well. */
function doesWithLess(cheaper: Way, way: Way): boolean {
  const [{ at, ...less }, { at: later, ...more }] = [cheaper.result, way.result];
  const isSame = JSON.stringify(less) === JSON.stringify(more);
  // Of the ways that only move it the cheapest is enough.
  const isMore = less.kind === "moves" && more.kind === "moves";
  if (!isMore && (at > later || !isSame)) return false;
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

function wayOf({ moment, steps }: Path, first: Moment, kind: WayResult["kind"]): Way {
  const { state } = moment;
  const latest = latestDeployment(state.deployments);
  const was = promotedIn(first.state);
  const last = steps.at(-1)?.event;
  const plan = kind === "moves" && last?.kind === "apply_plan" ? last.plan : undefined;
  return {
    from: first.now,
    needs: steps.flatMap(({ by, event }) =>
      by === "planner" || by === "clock" ? [] : [needOf(by, event, state)],
    ),
    events: steps.map(({ event }) => event),
    result: {
      kind,
      at: moment.now,
      fromVersion: currentJob(first.state.versions)?.version ?? 0,
      jobVersion: currentJob(state.versions)?.version ?? 0,
      ...(latest === undefined ? {} : { status: latest.status }),
      promoted: promotedIn(state).filter((group) => !was.includes(group)),
      places: plan === undefined ? 0 : placementsOf(plan).length,
      stops: plan?.actions.filter((one) => one.kind === "stop" || one.kind === "replace").length ?? 0,
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
  const groups = latestDeployment(deployments)?.groups ?? {};
  return Object.entries(groups).flatMap(([group, own]) => (own.promoted ? [group] : []));
}
