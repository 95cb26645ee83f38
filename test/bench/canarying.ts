import {
  applyPlan,
  emptyJobState,
  type JobEvent,
  type JobState,
  reconcile,
  submit,
  transition,
} from "../../src/index.js";

const DEADLINE = { maxParallel: 10, healthCheck: "manual" } as const;

/** A job of that many, which proves a new version by so many canaries. */
export function jobOf(image: string, count: number, canary: number): Parameters<typeof submit>[1]["job"] {
  const tasks = [{ name: "main", config: { image } }];
  return {
    id: "shop",
    type: "service",
    groups: [{ name: "web", count, tasks, update: { ...DEADLINE, canary } }],
  };
}

/** Plans until a plan changes nothing. */
function settled(state: JobState): JobState {
  for (let current = state, n = 0; ; n++) {
    const plan = reconcile({ ...current, now: n, evaluationId: `eval-${current.index}` });
    const placements = plan.actions.flatMap((action) =>
      "placement" in action && "name" in action && action.placement !== undefined
        ? [
            {
              placement: action.placement,
              allocationId: `allocation-${current.index}-${action.placement}`,
              nodeId: "node-1",
            },
          ]
        : [],
    );
    const done = applyPlan(current, { plan, placements, now: n });
    current = done.state;
    if (done.evaluate === undefined) return current;
  }
}

/** The state after an event. */
export function told(state: JobState, event: JobEvent): JobState {
  return transition(state, event).state;
}

/** Everything that is pending runs. */
function started(state: JobState): JobState {
  const updates = state.allocations.flatMap(({ id, clientStatus }) =>
    clientStatus === "pending" ? [{ allocationId: id, clientStatus: "running" as const }] : [],
  );
  return told(state, { kind: "update_clients", now: 100, updates });
}

/** Those of which nobody knows yet whether they are healthy. */
export function undecided(state: JobState): string[] {
  return state.allocations.flatMap(({ id, deploymentStatus }) =>
    deploymentStatus?.healthy === undefined ? [id] : [],
  );
}

/** So many allocations altogether, of which that many are canaries that run and are not judged yet. */
export function canarying(
  size: number,
  canary: number,
): { readonly state: JobState; readonly deploymentId: string } {
  const count = size - canary;
  let state = started(settled(submit(emptyJobState(), { job: jobOf("1", count, canary), now: 0 }).state));
  const first = state.deployments[0]?.id ?? "";
  state = settled(
    told(state, { kind: "report_health", now: 101, deploymentId: first, healthy: undecided(state) }),
  );
  state = started(settled(submit(state, { job: jobOf("2", count, canary), now: 102 }).state));
  return { state, deploymentId: state.deployments.at(-1)?.id ?? "" };
}
