// Rollouts inside somebody else's simulation. simjs owns the clock and the events: machines fail and are repaired, and
// every job gets a new version some time. The cluster is one more entity: it holds a world, tells it what happened, and
// sleeps until the world has something to do.
import assert from "node:assert/strict";
import { advance, createWorld, inject, nextWake } from "verdigris/simulate";

// simjs is published as a bundle for browsers, and leaves what it has on the window.
globalThis.window = globalThis;
await import("simjs");
const { Entity, Random, Sim } = globalThis.Sim;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const JOBS = 200;
const MACHINES = 40;
const END = 8 * HOUR;

const machineIds = Array.from({ length: MACHINES }, (_, n) => `machine-${String(n).padStart(2, "0")}`);

function jobOf(n, image) {
  const tasks = [{ name: "main", config: { image }, resources: { cpu: 100, memory: 128 } }];
  const groups = [{ name: "web", count: 5, tasks, update: { maxParallel: 2, autoRevert: true } }];
  return { id: `job-${String(n).padStart(3, "0")}`, type: "service", groups };
}

/** The jobs, and what decides about them. */
class Cluster extends Entity {
  start() {
    this.world = createWorld({
      seed: 1,
      nodes: machineIds.map((id) => ({ id, cpu: 4_000, memory: 8_192 })),
      script: [],
    });
    this.wakeUps = 0;
  }

  /** Something happened; simjs says when. */
  tell(event) {
    this.world = inject(advance(this.world, this.time()), event);
    this.wake();
  }

  /** Does what is due, and sleeps until there is more. */
  wake() {
    this.wakeUps++;
    this.world = advance(this.world, this.time());
    const next = nextWake(this.world);
    if (next !== undefined && next < (this.asleepUntil ?? Number.POSITIVE_INFINITY)) {
      this.asleepUntil = next;
      this.setTimer(next - this.time()).done(() => {
        this.asleepUntil = undefined;
        this.wake();
      });
    }
  }
}

/** Breaks now and then, and is repaired. */
class Machine extends Entity {
  start(cluster, nodeId, random) {
    this.failures = 0;
    const work = () => this.setTimer(Math.ceil(random.exponential(1 / (6 * HOUR)))).done(fail);
    const fail = () => {
      this.failures++;
      cluster.tell({ kind: "node_dies", nodeId });
      this.setTimer(10 * MINUTE).done(() => {
        cluster.tell({ kind: "node_returns", nodeId });
        work();
      });
    };
    work();
  }
}

/** Submits a job, and a new version of it later. */
class Team extends Entity {
  start(cluster, n, random) {
    const submit = (image) => {
      const job = jobOf(n, image);
      cluster.tell({ kind: "tell", jobId: job.id, request: { kind: "submit", job } });
    };
    this.setTimer(n * SECOND).done(() => submit("app:1"));
    this.setTimer(HOUR + Math.ceil(random.uniform(0, 5 * HOUR))).done(() => submit("app:2"));
  }
}

const sim = new Sim();
const random = new Random(42);
const cluster = sim.addEntity(Cluster);
const machines = machineIds.map((id) => sim.addEntity(Machine, "", cluster, id, random));
for (let n = 0; n < JOBS; n++) sim.addEntity(Team, "", cluster, n, random);
sim.simulate(END);

const { world } = cluster;
const states = world.jobs.map(({ state }) => state);
const live = states.map(({ allocations }) =>
  allocations.filter(
    ({ desiredStatus, clientStatus }) =>
      desiredStatus === "run" && clientStatus !== "failed" && clientStatus !== "lost",
  ),
);
const lost = states.flatMap(({ allocations }) =>
  allocations.filter(({ clientStatusHistory = [] }) =>
    clientStatusHistory.some(({ status }) => status === "lost"),
  ),
);
const successful = states.filter(({ deployments }) =>
  deployments.some(({ jobVersion, status }) => jobVersion === 1 && status === "successful"),
);
const failures = machines.reduce((sum, machine) => sum + machine.failures, 0);
console.log(
  `${JOBS} jobs, ${failures} machine failures, ${lost.length} lost allocations, ${successful.length} rollouts done, ${cluster.wakeUps} wake-ups`,
);

assert.equal(states.length, JOBS);
assert.ok(failures > 20, "machines fail");
assert.ok(lost.length > 100, "and take allocations with them");
assert.equal(successful.length, JOBS, "every rollout is done all the same");
for (const allocations of live)
  assert.equal(allocations.length, 5, "and every job runs as often as it should");
