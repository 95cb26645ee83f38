import { type JobEvent, nextTick, type Rollback } from "../lifecycle/index.js";
import { isActive, placementsOf } from "../model/index.js";
import type { LeftAlone } from "./explanation.js";
import type { Moment } from "./moment.js";
import { hasWork } from "./plan-work.js";
import type { RollbackOutlook } from "./wait.js";

/** What goes on without end is cut. */
const STEPS = 60;

/**
 * What becomes of a deployment if nobody reports or does anything more: plans are carried out where there is room, and time
 * passes. Nothing: it does not end by that.
 */
export function leftAlone(from: Moment, deploymentId: string): LeftAlone | undefined {
  let moment: Moment | undefined = from;
  for (let step = 0; step < STEPS && moment !== undefined; step++) {
    const { state, now, rollback } = moment;
    const own = state.deployments.find(({ id }) => id === deploymentId);
    if (own === undefined) return undefined;
    if (!isActive(own)) return { at: now, status: own.status, rollback: outlookOf(rollback) };
    moment = planned(moment) ?? ticked(moment);
  }
  return undefined;
}

function planned(moment: Moment): Moment | undefined {
  const event = planEvent(moment);
  const isPlaced = moment.state.waitsForRoom === true && (event?.placements.length ?? 0) > 0;
  return event === undefined || isPlaced ? undefined : moment.after(event);
}

function ticked(moment: Moment): Moment | undefined {
  const at = nextTick(moment.state, moment.now);
  return at === undefined ? undefined : moment.after({ kind: "tick", now: at });
}

type AppliedPlan = Extract<JobEvent, { readonly kind: "apply_plan" }>;

/** The plan of now, carried out whole; nothing where it would change nothing. Whether there is room is not asked. */
export function planEvent({
  state,
  now,
  plan,
}: Moment): (AppliedPlan & Required<Pick<AppliedPlan, "placements">>) | undefined {
  if (!hasWork(plan)) return undefined;
  const placements = placementsOf(plan).map(({ placement }, n) => ({
    placement,
    allocationId: `possible-${state.index}-${n}`,
    nodeId: "any-node",
  }));
  return { kind: "apply_plan", now, plan, placements };
}

function outlookOf(rollback: Rollback | undefined): RollbackOutlook {
  switch (rollback?.kind) {
    case "rolled_back":
      return { kind: "version", version: rollback.to };
    case "no_stable_version":
    case "same_specification":
      return rollback;
    default:
      return { kind: "not_wanted" };
  }
}
