import { type Job, type Plan, reconcile } from "verdigris";
import { readJob } from "verdigris/nomad";

const job: Job = readJob({});
const plan: Plan = reconcile({
  versions: [job],
  allocations: [],
  deployments: [],
  now: 0,
  evaluationId: "eval-1",
});
for (const action of plan.actions) {
  // The union narrows: only a stop has a client status of its own.
  if (action.kind === "stop" && action.clientStatus === "lost") console.log(action.allocationId);
}
