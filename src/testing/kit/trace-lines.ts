import type { JobEvent } from "../../lifecycle/index.js";
import type { Action, Plan } from "../../model/index.js";
import type { Deciders } from "../../properties/index.js";
import { replayTrace, type Trace, type TracedEvaluation } from "../../simulate/index.js";

/** What an event says beyond this is in the trace. */
const LONGEST = 240;

/**
 * A trace for people: one line an event, with the time since it began, and what each plan does. A trace holds no plans:
 * they are made again by `decide` - whoever made the trace, of whom `{ reconcile }` alone is enough if the lifecycle is this
 * library's. Without it this library's own plans are shown, which may be others than those that were made.
 *
 * @example
 * ```ts
 * traceLines(trace)[0].startsWith("+0 s"); // true
 * ```
 *
 * @public
 */
export function traceLines(trace: Trace, decide: Partial<Deciders> = {}): string[] {
  const plans = plansOf(trace, decide);
  let nth = 0;
  return trace.events.map((traced) => {
    const at = "event" in traced ? traced.event.now : traced.evaluate.now;
    const what = "event" in traced ? eventText(traced.event) : planText(traced.evaluate, plans[nth++]);
    return `+${(at - trace.initial.now) / 1000} s ${what}`;
  });
}

/** The plans that are made on the way, as far as whoever decides gets. */
function plansOf(trace: Trace, decide: Partial<Deciders>): readonly Plan[] {
  const plans: Plan[] = [];
  const planned = (_: string, __: unknown, plan: Plan): void => void plans.push(plan);
  try {
    replayTrace(trace, { checks: false, ...decide, watchers: [{ planned }] });
  } catch {
    // That it throws may be what the trace shows.
  }
  return plans;
}

function eventText({ now: _, ...event }: JobEvent): string {
  if (event.kind === "update_clients") {
    const said = event.updates.map(({ allocationId, clientStatus }) => `${allocationId} ${clientStatus}`);
    return `update_clients ${said.join(", ")}`;
  }
  const { kind, ...rest } = event;
  if (Object.keys(rest).length === 0) return kind;
  const text = JSON.stringify(rest);
  return `${kind} ${text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text}`;
}

function planText({ placements, leftOut = [] }: TracedEvaluation, plan: Plan | undefined): string {
  if (plan === undefined) return "no plan is made";
  const isLeftOut = new Set(leftOut);
  const places = new Map(placements.map((outcome) => [outcome.placement, outcome]));
  const does = plan.actions.flatMap((action, at) => {
    if (action.kind === "ignore") return [];
    const outcome = "name" in action ? places.get(action.placement) : undefined;
    const where =
      outcome === undefined ? "" : "noRoom" in outcome ? ": no room" : ` as ${outcome.allocationId}`;
    return [`${actionText(action)}${where}${isLeftOut.has(at) ? " (left undone)" : ""}`];
  });
  const says = plan.deploymentUpdates.map(({ deploymentId, status }) => `${deploymentId} is ${status}`);
  return `plan: ${[...does, ...says].join(", ") || "nothing to do"}`;
}

function actionText(action: Action): string {
  if (!("allocationId" in action)) return `${action.kind} ${action.name} of version ${action.jobVersion}`;
  return action.kind === "replace"
    ? `replace ${action.allocationId} by version ${action.jobVersion}`
    : `${action.kind} ${action.allocationId} (${action.reason.code})`;
}
