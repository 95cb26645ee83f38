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
import { wrong } from "./wrong.js";

/** @public */
export const superseded: PlanProperty = {
  kind: "plan",
  name: "superseded",
  sentence:
    "Without what the server stopped, its node ended and another replaced, the plan says the same of all others; what a batch job ran as its current version counts and stays.",
  anchor: "properties.md#superseded",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => {
    const job = currentJob(input.versions);
    const over = new Set(input.allocations.flatMap((one) => (isSuperseded(one, job) ? [one.id] : [])));
    if (over.size === 0) return [];
    const allocations = input.allocations.filter(({ id }) => !over.has(id));
    const expected = ofOthers(plan, over);
    const answer = ofOthers(reconcile({ ...input, allocations }), over);
    return answer === expected ? [] : [wrong`without them it is ${{ answer }}, not ${{ expected }}`];
  },
};

function isSuperseded(one: Allocation, job: Job | undefined): boolean {
  // Rule 3.1: a batch job still knows of them, and one that is away is followed through them to its replacement.
  const counts =
    job?.type === "batch" && one.jobVersion === job.version && one.jobCreateIndex === job.createIndex;
  return !counts && isServerTerminal(one) && isClientTerminal(one) && one.nextAllocation !== undefined;
}

/** The plan but for what it says of those; all that they add to the groups' counts is that they are ignored. */
function ofOthers(plan: Plan, over: ReadonlySet<string>): string {
  const actions = plan.actions.filter((action) => !isVerdict(action) || !over.has(action.allocationId));
  return JSON.stringify({ ...plan, actions, groups: {} });
}
