import { emptyJobState, type Job, type JobEvent, type Plan, reconcile, transition } from "verdigris";
import { readJob } from "verdigris/nomad";
import { jobStatus } from "verdigris/render";
import { type Scenario, simulate } from "verdigris/simulate";

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

const events: readonly JobEvent[] = [{ kind: "submit", now: 0, job }];
const state = events.reduce((before, event) => transition(before, event).state, emptyJobState());
console.log(jobStatus(state, { layout: "nomad-2.0" }));

const scenario: Scenario = { seed: 1, nodes: [{ id: "node-1" }], script: [] };
console.log(simulate(scenario).jobs.length);
