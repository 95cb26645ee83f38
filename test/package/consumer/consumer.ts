import { emptyJobState, type Job, type JobEvent, type Plan, reconcile, transition } from "verdigris";
import { type Explanation, explain, type Forecast, forecast, type WaysOn } from "verdigris/explain";
import { readJob } from "verdigris/nomad";
import { jobStatus } from "verdigris/render";
import { type Scenario, simulate } from "verdigris/simulate";

// Nothing but the language is there: no console, no DOM, no Node.
declare function show(what: unknown): void;

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
  if (action.kind === "stop" && action.clientStatus === "lost") show(action.allocationId);
}

const events: readonly JobEvent[] = [{ kind: "submit", now: 0, job }];
const state = events.reduce((before, event) => transition(before, event).state, emptyJobState());
show(jobStatus(state, { layout: "nomad-2.0" }));

const scenario: Scenario = { seed: 1, nodes: [{ id: "node-1" }], script: [] };
show(simulate(scenario).jobs.length);

const explanation: Explanation = explain(state, 0);
if (explanation.waitingFor?.onExpiry?.kind === "deployment_fails")
  show(explanation.waitingFor.onExpiry.rollback.kind);
const foreseen: Forecast = forecast(state, 0);
const none: WaysOn = { ways: [], isComplete: foreseen.isCut };
show(none.ways.length);
