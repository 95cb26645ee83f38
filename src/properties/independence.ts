import { type Action, currentJob, type Plan } from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

const STRANGER = "zz-stranger";

/** @public */
export const independence: PlanProperty = {
  kind: "plan",
  name: "independence",
  sentence:
    "Adding another group changes nothing in this one's part, but for the deployment that they share.",
  anchor: "properties.md#independence",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => {
    const job = currentJob(input.versions);
    if (job === undefined || job.groups.some(({ name }) => name === STRANGER)) return [];
    const stranger = { name: STRANGER, count: 2, tasks: [{ name: "main" }] };
    const versions = input.versions.map((version) =>
      version === job ? { ...job, groups: [...job.groups, stranger] } : version,
    );
    const beside = reconcile({ ...input, versions } satisfies ReconcileInput);
    const [one, other] = [partOf(plan), partOf(beside)];
    return one === other
      ? []
      : [wrong`with a group beside them the groups' part is ${{ beside: other }}, alone ${{ alone: one }}`];
  },
};

/** The actions of all groups but the stranger, less which deployment they join. */
function partOf(plan: Plan): string {
  const own = plan.actions.filter(({ group }) => group !== STRANGER);
  return JSON.stringify(own.map((action: Action) => ({ ...action, deploymentId: undefined })));
}
