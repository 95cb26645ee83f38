import {
  type Allocation,
  currentJob,
  isClientTerminal,
  isServerTerminal,
  type Job,
  type Plan,
} from "../model/index.js";
import { isVerdict } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { NOT_ASKED, wrong } from "./wrong.js";

/** @public */
export const superseded: PlanProperty = {
  kind: "plan",
  name: "superseded",
  sentence:
    "Without what the server stopped, its node ended and another replaced, the plan says the same of all others; what a batch job ran as its current version counts and stays, and so do the links from one that is away to what runs in its place.",
  anchor: "properties.md#superseded",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => {
    const job = currentJob(input.versions);
    const links = linksFromAway(input.allocations);
    const over = new Set(
      input.allocations.flatMap((one) => (isSuperseded(one, job) && !links.has(one.id) ? [one.id] : [])),
    );
    if (over.size === 0) return NOT_ASKED;
    const allocations = input.allocations.filter(({ id }) => !over.has(id));
    const expected = ofOthers(plan, over);
    const answer = ofOthers(reconcile({ ...input, allocations }), over);
    return answer === expected ? [] : [wrong`without them it is ${{ answer }}, not ${{ expected }}`];
  },
};

function isSuperseded(one: Allocation, job: Job | undefined): boolean {
  // Rule 3.1: a batch job still knows of them.
  const counts =
    job?.type === "batch" && one.jobVersion === job.version && one.jobCreateIndex === job.createIndex;
  return !counts && isServerTerminal(one) && isClientTerminal(one) && one.nextAllocation !== undefined;
}

/** What leads from one whose node is away to its replacement (rule 12). */
function linksFromAway(allocations: readonly Allocation[]): ReadonlySet<string> {
  const nextOf = new Map(allocations.map(({ id, nextAllocation }) => [id, nextAllocation]));
  const links = new Set<string>();
  for (const { clientStatus, nextAllocation } of allocations) {
    if (clientStatus !== "unknown") continue;
    for (let id = nextAllocation; id !== undefined && !links.has(id); id = nextOf.get(id)) links.add(id);
  }
  return links;
}

/** The plan but for what it says of those; all that they add to the groups' counts is that they are ignored. */
function ofOthers(plan: Plan, over: ReadonlySet<string>): string {
  const actions = plan.actions.filter((action) => !isVerdict(action) || !over.has(action.allocationId));
  return JSON.stringify({ ...plan, actions, groups: {} });
}
