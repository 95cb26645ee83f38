import { describe, expect, it } from "vitest";
import {
  advance,
  createWorld,
  inject,
  nextWake,
  type Placer,
  simulate,
  type World,
} from "../../../src/simulate/index.js";
import { aScenario, MINUTE, SECOND, shop, submitted } from "./a-scenario.js";

const everything = aScenario({
  behaviours: [{ share: 0.2, crashAfter: { from: SECOND, to: MINUTE } }],
  faults: [
    { kind: "node_loss", nodeId: "node-1", from: 70 * SECOND, to: 3 * MINUTE },
    { kind: "disconnect", nodeId: "node-3", from: 4 * MINUTE, to: 6 * MINUTE },
    { kind: "drain", nodeIds: ["node-2"], from: 8 * MINUTE, deadline: MINUTE, to: 10 * MINUTE },
    { kind: "lost_reports", chance: 0.2 },
    { kind: "delayed_reports", chance: 0.2, by: { from: 0, to: 5 * SECOND } },
    { kind: "duplicated_reports", chance: 0.2, after: SECOND },
    { kind: "partial_plans", chance: 0.3 },
    { kind: "stale_scheduler", chance: 0.3, lag: 200 },
    { kind: "slow_start", chance: 0.2, by: 20 * SECOND },
    { kind: "no_capacity", from: 2 * MINUTE, to: 150 * SECOND },
    { kind: "crash_loop", chance: 0.1, after: 3 * SECOND, to: 5 * MINUTE },
  ],
  until: 30 * MINUTE,
});

/** From wake-up to wake-up, as a host with an event loop of its own does. */
function steps(world: World, until: number, between: (world: World) => World = (one) => one): World {
  let now = world;
  for (let at = nextWake(now); at !== undefined && at <= until; at = nextWake(now)) {
    now = between(advance(now, at));
  }
  return now;
}

describe("a world", () => {
  it("is the same to the last byte when it is run again", () => {
    expect(JSON.stringify(simulate(everything))).toBe(JSON.stringify(simulate(everything)));
  });

  it("is another one with another seed", () => {
    const other = simulate({ ...everything, seed: 2 });
    expect(JSON.stringify(other.jobs)).not.toBe(JSON.stringify(simulate(everything).jobs));
  });

  it("goes on as if nothing had been after it was written down and read again at every step", () => {
    const whole = simulate(everything, { traces: false });
    const begun = createWorld(everything);
    const inSteps = steps(begun, 30 * MINUTE, (world) => JSON.parse(JSON.stringify(world)) as World);
    expect(inSteps.jobs).toEqual(whole.world.jobs);
    expect(inSteps.agenda).toEqual(whole.world.agenda);
  });

  it("is not changed when it advances", () => {
    const begun = createWorld(aScenario());
    const before = JSON.stringify(begun);
    const later = advance(begun, MINUTE);
    expect(JSON.stringify(begun)).toBe(before);
    expect(later.now).toBe(MINUTE);
  });

  it("does what is injected, now or at a later time", () => {
    let world = steps(createWorld(aScenario({ script: [] })), MINUTE);
    expect(nextWake(world)).toBeUndefined();
    const { event } = submitted(0, shop("1"));
    world = inject(world, event);
    expect(nextWake(world)).toBe(0);
    world = inject(world, { kind: "tell", jobId: "shop", request: { kind: "stop_job" } }, 5 * MINUTE);
    world = advance(world, 4 * MINUTE);
    const live = (now: World) =>
      now.jobs[0]?.state.allocations.filter(({ desiredStatus }) => desiredStatus === "run");
    expect(live(world)).toHaveLength(3);
    expect(live(advance(world, 6 * MINUTE))).toHaveLength(0);
  });

  it("costs nothing while it is quiet: ten days without a wake-up", () => {
    const settled = advance(createWorld(aScenario()), 60 * MINUTE);
    expect(nextWake(settled)).toBeUndefined();
    let plans = 0;
    const watchers = [{ planned: () => void plans++ }];
    const later = advance(settled, settled.now + 10 * 24 * 60 * MINUTE, { watchers });
    expect(plans).toBe(0);
    expect(later.jobs).toEqual(settled.jobs);
  });

  it("spreads a job over its machines, and knows their capacity", () => {
    const { jobs } = simulate(aScenario({ script: [submitted(0, shop("1"))] }));
    expect(jobs[0]?.allocations.map(({ nodeId }) => nodeId)).toEqual(["node-1", "node-2", "node-3"]);
    const small = aScenario({ nodes: [{ id: "node-1", cpu: 200 }], script: [submitted(0, shop("1"))] });
    const { world } = simulate(small);
    expect(world.jobs[0]?.state.allocations).toHaveLength(2);
    expect(world.jobs[0]?.state.waitsForRoom).toBe(true);
  });

  it("asks the caller's own placer, if there is one", () => {
    const last: Placer = ({ candidates }) => candidates.at(-1)?.nodeId;
    const { jobs } = simulate(aScenario({ script: [submitted(0, shop("1"))] }), { placer: last });
    expect(jobs[0]?.allocations.map(({ nodeId }) => nodeId)).toEqual(["node-3", "node-3", "node-3"]);
  });

  it("places what waited for room when a machine joins", () => {
    const { world } = simulate(
      aScenario({
        nodes: [{ id: "node-1", cpu: 200 }],
        script: [
          submitted(0, shop("1")),
          { at: MINUTE, event: { kind: "node_joins", node: { id: "node-2" } } },
        ],
      }),
    );
    expect(world.jobs[0]?.state.allocations.map(({ nodeId }) => nodeId)).toEqual([
      "node-1",
      "node-1",
      "node-2",
    ]);
  });

  it("says which requests were refused, and why", () => {
    const early = { at: 0, event: { kind: "tell", jobId: "shop", request: { kind: "promote" } } } as const;
    const { refused } = simulate(aScenario({ script: [early] }));
    expect(refused).toMatchObject([{ at: 0, jobId: "shop", event: "promote", code: "unknown_deployment" }]);
  });

  it("holds several jobs, each as it would be alone", () => {
    const other = { ...shop("1"), id: "other" };
    const both = simulate(aScenario({ script: [submitted(0, shop("1")), submitted(0, other)] }));
    expect(both.jobs.map(({ jobId, allocations }) => [jobId, allocations.length])).toEqual([
      ["shop", 3],
      ["other", 3],
    ]);
  });
});
