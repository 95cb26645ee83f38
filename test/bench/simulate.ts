// A world of a thousand jobs: a rolling update each while machines fail, every step checked.
import { type Scenario, type Scripted, simulate } from "../../src/simulate/index.js";

const SECOND = 1_000;
const JOBS = Number(process.argv[2] ?? 1_000);

function submitted(at: number, n: number, image: string): Scripted {
  const tasks = [{ name: "main", config: { image } }];
  const groups = [{ name: "web", count: 10, update: { maxParallel: 2 }, tasks }];
  const job = { id: `job-${n}`, type: "service" as const, groups };
  return { at, event: { kind: "tell", jobId: job.id, request: { kind: "submit", job } } };
}

const scenario: Scenario = {
  seed: 7,
  nodes: Array.from({ length: 100 }, (_, n) => ({ id: `node-${String(n).padStart(3, "0")}` })),
  script: Array.from({ length: JOBS }, (_, n) => [
    submitted(n, n, "1"),
    submitted(120 * SECOND + n * 10, n, "2"),
  ]).flat(),
  faults: [0, 1, 2, 3, 4].map((n) => ({
    kind: "node_loss",
    nodeId: `node-00${n}`,
    from: (130 + n * 10) * SECOND,
    to: (200 + n * 10) * SECOND,
  })),
};

for (const checks of [true, false]) {
  let plans = 0;
  const from = process.hrtime.bigint();
  const run = simulate(scenario, { checks, traces: false, watchers: [{ planned: () => void plans++ }] });
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const done = run.world.jobs.filter(({ state }) => state.deployments.at(-1)?.status === "successful").length;
  console.log(
    `${JOBS} jobs x 10, checks ${checks ? "on " : "off"}: ${seconds.toFixed(1)} s, ${Math.round(plans / seconds)} plans/s, ` +
      `${((run.to - run.from) / 86_400_000 / seconds).toFixed(5)} simulated days/s, ${done} rollouts done, ${run.violation?.property ?? "nothing"} broken`,
  );
}

/** A job at rest: what a quiet month costs. */
const quiet: Scenario = {
  ...scenario,
  script: [submitted(0, 0, "1")],
  faults: [],
  until: 30 * 86_400 * SECOND,
};
const from = process.hrtime.bigint();
const { world } = simulate({ ...quiet, script: [...quiet.script, submitted(29 * 86_400 * SECOND, 0, "2")] });
const seconds = Number(process.hrtime.bigint() - from) / 1e9;
console.log(
  `one job, two rollouts a month apart: ${(seconds * 1e3).toFixed(1)} ms, ${(30 / seconds).toFixed(0)} simulated days/s, ${world.jobs[0]?.state.deployments.length} deployments`,
);
