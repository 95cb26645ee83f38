// Events on large states: what one promotion and one health report cost, and what all reports one by one do.
import { Bench } from "tinybench";
import {
  applyPlan,
  emptyJobState,
  type JobEvent,
  type JobState,
  promote,
  reconcile,
  reportHealth,
  submit,
  transition,
} from "../../src/index.js";

const DEADLINE = { maxParallel: 10, healthCheck: "manual" } as const;

function job(image: string, count: number, canary: number): Parameters<typeof submit>[1]["job"] {
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

function told(state: JobState, event: JobEvent): JobState {
  return transition(state, event).state;
}

/** Everything that is pending runs. */
function started(state: JobState): JobState {
  const updates = state.allocations.flatMap(({ id, clientStatus }) =>
    clientStatus === "pending" ? [{ allocationId: id, clientStatus: "running" as const }] : [],
  );
  return told(state, { kind: "update_clients", now: 100, updates });
}

function undecided(state: JobState): string[] {
  return state.allocations.flatMap(({ id, deploymentStatus }) =>
    deploymentStatus?.healthy === undefined ? [id] : [],
  );
}

/** So many allocations altogether, of which that many are canaries that run and are not judged yet. */
function canarying(
  size: number,
  canary: number,
): { readonly state: JobState; readonly deploymentId: string } {
  const count = size - canary;
  let state = started(settled(submit(emptyJobState(), { job: job("1", count, canary), now: 0 }).state));
  const first = state.deployments[0]?.id ?? "";
  state = settled(
    told(state, { kind: "report_health", now: 101, deploymentId: first, healthy: undecided(state) }),
  );
  state = started(settled(submit(state, { job: job("2", count, canary), now: 102 }).state));
  return { state, deploymentId: state.deployments.at(-1)?.id ?? "" };
}

async function median(run: () => void): Promise<number> {
  const bench = new Bench({ time: 500, warmupTime: 200 });
  bench.add("event", run);
  await bench.run();
  const result = bench.getTask("event")?.result;
  return result !== undefined && "latency" in result ? result.latency.p50 : Number.NaN;
}

console.log("one promotion".padEnd(44), "median ms");
for (const [size, canary] of [
  [1_000, 10],
  [10_000, 10],
  [10_000, 1_000],
  [10_000, 5_000],
  [100_000, 10],
] as const) {
  const { state, deploymentId } = canarying(size, canary);
  const healthy = undecided(state);
  const ready = told(state, { kind: "report_health", now: 200, deploymentId, healthy });
  const time = await median(() => void promote(ready, { deploymentId, now: 300 }));
  console.log(`${size} allocations, ${canary} of them canaries`.padEnd(44), time.toFixed(3).padStart(9));
}

console.log(`\n${"every canary reported healthy, one by one".padEnd(44)}  total ms  a report, us`);
for (const size of [1_000, 10_000, 20_000]) {
  const { state, deploymentId } = canarying(size, size / 2);
  const ids = undecided(state);
  const from = process.hrtime.bigint();
  let now = state;
  for (const id of ids) now = reportHealth(now, { deploymentId, healthy: [id], now: 200 }).state;
  const ms = Number(process.hrtime.bigint() - from) / 1e6;
  console.log(
    `${ids.length} reports on ${size} allocations`.padEnd(44),
    ms.toFixed(0).padStart(9),
    ((ms / ids.length) * 1e3).toFixed(0).padStart(13),
  );
}
