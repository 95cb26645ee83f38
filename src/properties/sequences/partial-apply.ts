import type { JobState } from "../../lifecycle/index.js";
import { groupsToPromote, mayBePromoted, promotionGate } from "../../lifecycle/rules/promotion-gate.js";
import { currentJob, type Deployment, isActive, isCanary, isTerminal, type Plan } from "../../model/index.js";
import { NOT_ASKED, wrong } from "../wrong.js";
import { CalmHost, leftAlone } from "./rest.js";
import type { StateCase, StateProperty } from "./sequence.js";

type Action = Plan["actions"][number];

/** Ways to stop in the middle; as bits, which of every eight actions are carried out. */
const PARTS: readonly { readonly name: string; readonly keeps: (action: Action, at: number) => boolean }[] = [
  ...[0x00, 0x55, 0xaa, 0x33, 0xcc, 0x0f, 0x01, 0xfe].map((bits) => ({
    name: `of every eight actions those of ${bits.toString(2).padStart(8, "0")}`,
    keeps: (_: Action, at: number) => ((bits >> (at % 8)) & 1) === 1,
  })),
  { name: "placements only", keeps: ({ kind }) => kind === "place" || kind === "canary" },
  { name: "stops only", keeps: ({ kind }) => kind === "stop" },
];

/** @public */
export const partialApply: StateProperty = {
  kind: "state",
  name: "partial-apply",
  sentence:
    "A plan that is carried out in part, whichever part, and planned again leads to the same rest as the whole. (After a failure that nothing was rolled back from, what then still runs rests.)",
  anchor: "properties.md#partial-apply",
  check: (subject) => {
    const plan = new CalmHost(subject).plan();
    const acting = plan.actions.filter(({ kind }) => kind !== "ignore");
    if (acting.length < 2) return NOT_ASKED;
    const whole = afterPart(subject, plan);
    if (whole.endsWith("failed")) return NOT_ASKED;
    return PARTS.flatMap(({ name, keeps }) => {
      const part = afterPart(subject, {
        ...plan,
        actions: plan.actions.filter(
          (action) => action.kind === "ignore" || keeps(action, acting.indexOf(action)),
        ),
      });
      return part === whole
        ? []
        : [wrong`${{ part: name }} leads to ${{ rest: part }}, the whole to ${{ expected: whole }}`];
    });
  },
};

function afterPart(subject: StateCase, plan: Plan): string {
  const host = new CalmHost(subject);
  host.apply(plan);
  // What is left is planned for the same nodes; only then do they come back.
  host.settle();
  return summaryOf(leftAlone({ ...subject, state: host.state }).state);
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
  // While paused nobody is promoted: who of a canary and its replacement is left may still change.
  const gates = current
    .filter(({ status }) => status === "running")
    .flatMap((one) => groupsToPromote(one).map((group) => gateOf(state, one, group)));
  const counts = [...live].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `${count} ${key}`);
  return [...counts, ...gates, ...current.map(({ status }) => status)].join(", ");
}

function gateOf({ allocations }: JobState, deployment: Deployment, group: string): string {
  return `${group} ${mayBePromoted(promotionGate(deployment, group, allocations)) ? "may" : "may not"} be promoted`;
}
