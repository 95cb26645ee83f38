import type { JobState } from "../../lifecycle/index.js";
import { groupsToPromote, mayBePromoted, promotionGate } from "../../lifecycle/rules/promotion-gate.js";
import { currentJob, type Deployment, isActive, isCanary, isTerminal, type Plan } from "../../model/index.js";
import { CalmHost, rest } from "./rest.js";
import type { StateProperty } from "./sequence.js";

type Action = Plan["actions"][number];

/** Ways to stop in the middle. */
const PARTS: readonly { readonly name: string; readonly keeps: (action: Action, at: number) => boolean }[] = [
  { name: "nothing", keeps: () => false },
  { name: "every other action", keeps: (_, at) => at % 2 === 0 },
  { name: "the other half", keeps: (_, at) => at % 2 === 1 },
  { name: "placements only", keeps: ({ kind }) => kind === "place" || kind === "canary" },
  { name: "stops only", keeps: ({ kind }) => kind === "stop" },
];

/** @public */
export const partialApply: StateProperty = {
  name: "partial-apply",
  sentence:
    "A plan that is carried out in part, whichever part, and planned again leads to the same rest as the whole. (While paused, a stop and the placement in its stead count as one; after a failure that nothing was rolled back from, what then still runs rests.)",
  check: (subject) => {
    const plan = new CalmHost(subject).plan();
    const acting = plan.actions.filter(({ kind }) => kind !== "ignore");
    if (acting.length < 2) return [];
    const isPaused = subject.state.deployments.some(({ status }) => status === "paused");
    const whole = afterPart(subject, plan);
    if (whole.endsWith("failed")) return [];
    return PARTS.flatMap(({ name, keeps }) => {
      const part = afterPart(subject, {
        ...plan,
        actions: plan.actions.filter((action) => {
          const one = isPaused ? firstOfPair(plan, action) : action;
          return action.kind === "ignore" || keeps(one, acting.indexOf(one));
        }),
      });
      return part === whole ? [] : [`${name} leads to ${part}, the whole to ${whole}`];
    });
  },
};

/** The stop that a placement stands in for, else the action itself. */
function firstOfPair(plan: Plan, action: Action): Action {
  if (action.kind !== "place" && action.kind !== "canary") return action;
  const stop = plan.actions.find(
    (other) => "allocationId" in other && "placement" in other && other.placement === action.placement,
  );
  return stop ?? action;
}

function afterPart(subject: Parameters<typeof rest>[0], plan: Plan): string {
  const host = new CalmHost(subject);
  host.apply(plan);
  // What is left is planned for the same nodes; only then do they come back.
  host.settle();
  return summaryOf(rest({ ...subject, state: host.state }).state);
}

/** What rests: per group how many live of which version, and the current deployment's status. */
function summaryOf(state: JobState): string {
  const job = currentJob(state.versions);
  const current = state.deployments.filter(
    (one) => one.jobVersion === job?.version && one.jobCreateIndex === job.createIndex,
  );
  const live = new Map<string, number>();
  const canarying = new Set(current.filter(isActive).flatMap(groupsToPromote));
  for (const one of state.allocations) {
    // Canaries that wait for their promotion are counted apart: one too many of them stays until then. And which old
    // version was kept alive depends on what was proven when it was placed.
    if (isTerminal(one) || isCanary(one)) continue;
    const key = canarying.has(one.group) ? `${one.group}` : `${one.group} of version ${one.jobVersion}`;
    live.set(key, (live.get(key) ?? 0) + 1);
  }
  const gates = current
    .filter(isActive)
    .flatMap((one) => groupsToPromote(one).map((group) => gateOf(state, one, group)));
  const counts = [...live].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `${count} ${key}`);
  return [...counts, ...gates, ...current.map(({ status }) => status)].join(", ");
}

function gateOf({ allocations }: JobState, deployment: Deployment, group: string): string {
  return `${group} ${mayBePromoted(promotionGate(deployment, group, allocations)) ? "may" : "may not"} be promoted`;
}
