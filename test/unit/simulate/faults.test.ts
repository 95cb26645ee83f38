import { describe, expect, it } from "vitest";
import { isTerminal, type JobState } from "../../../src/index.js";
import { type Fault, type Scenario, type Simulation, simulate } from "../../../src/simulate/index.js";
import { aScenario, MINUTE, SECOND, shop, submitted } from "./a-scenario.js";

function run(faults: readonly Fault[], more: Partial<Scenario> = {}): Simulation {
  const done = simulate(aScenario({ script: [submitted(0, shop("1"))], faults, ...more }));
  expect(done.violation).toBeUndefined();
  return done;
}

function stateOf({ world }: Simulation): JobState {
  const state = world.jobs[0]?.state;
  if (state === undefined) throw new Error("the job is there");
  return state;
}

function live(done: Simulation): readonly string[] {
  return stateOf(done).allocations.flatMap((one) => (isTerminal(one) ? [] : [one.nodeId]));
}

function endings(done: Simulation): (string | undefined)[] {
  return done.jobs.flatMap(({ allocations }) => allocations.map(({ ending }) => ending));
}

describe("what can go wrong in a world", () => {
  it("a machine dies: what ran there is lost, and replaced elsewhere", () => {
    const done = run([{ kind: "node_loss", nodeId: "node-1", from: MINUTE }]);
    expect(endings(done).filter((one) => one === "lost")).toHaveLength(1);
    expect(live(done)).toHaveLength(3);
    expect(live(done)).not.toContain("node-1");
  });

  it("a machine is away and returns: what runs there is kept", () => {
    const job = shop("1", {}, { disconnect: { lostAfter: 10 * MINUTE, reconcile: "keep_original" } });
    const done = run([{ kind: "disconnect", nodeId: "node-1", from: MINUTE, to: 3 * MINUTE }], {
      script: [submitted(0, job)],
    });
    expect([...live(done)].sort()).toEqual(["node-1", "node-2", "node-3"]);
    expect(
      done.jobs[0]?.allocations.some(({ spans }) => spans.some(({ phase }) => phase === "unknown")),
    ).toBe(true);
  });

  it("several machines drain at once: no more move than the group can spare", () => {
    const done = run([{ kind: "drain", nodeIds: ["node-1", "node-2"], from: MINUTE }]);
    expect(live(done)).toEqual(["node-3", "node-3", "node-3"]);
    const [first, second] = (done.jobs[0]?.allocations ?? []).map(({ spans }) => spans.at(-1)?.to);
    expect(second).toBeGreaterThan(first ?? 0);
  });

  it("at the drain's deadline everything moves", () => {
    const job = {
      ...shop("1"),
      type: "batch" as const,
      groups: [{ ...shop("1").groups[0], name: "web", count: 3, tasks: [{ name: "main" }] }],
    };
    const { update: _, ...group } = job.groups[0] ?? { name: "web", count: 3, tasks: [] };
    const faults: Fault[] = [{ kind: "drain", nodeIds: ["node-1"], from: MINUTE, deadline: MINUTE }];
    const done = run(faults, { script: [submitted(0, { ...job, groups: [group] })] });
    expect(done.jobs[0]?.allocations[0]?.spans.at(-1)?.to).toBe(2 * MINUTE);
    expect(live(done)).not.toContain("node-1");
  });

  it("an allocation starts slowly", () => {
    const done = run([{ kind: "slow_start", chance: 1, by: 7 * SECOND }]);
    expect(done.jobs[0]?.allocations[0]?.spans[0]).toMatchObject({
      phase: "pending",
      from: 0,
      to: 8 * SECOND,
    });
  });

  it("allocations crash over and over, and the deployment fails at its deadline", () => {
    const job = shop("2", { progressDeadline: 6 * MINUTE });
    const done = run([{ kind: "crash_loop", chance: 1, after: SECOND, versions: [1] }], {
      script: [submitted(0, shop("1")), submitted(MINUTE, job)],
      until: 10 * MINUTE,
    });
    expect(stateOf(done).deployments.map(({ status }) => status)).toEqual(["successful", "failed"]);
  });

  it.each<[string, Fault]>([
    ["lost", { kind: "lost_reports", chance: 0.5 }],
    ["late", { kind: "delayed_reports", chance: 1, by: { from: SECOND, to: 9 * SECOND } }],
    ["doubled", { kind: "duplicated_reports", chance: 1, after: 20 * SECOND }],
  ])("reports are %s, and the rollout ends all the same", (_, fault) => {
    const done = run([fault], { script: [submitted(0, shop("1")), submitted(MINUTE, shop("2"))] });
    expect(stateOf(done).deployments.at(-1)?.status).toBe("successful");
    expect(live(done)).toHaveLength(3);
  });

  it("plans are carried out in part, or too late, and are made again", () => {
    const refused: string[] = [];
    const faults: Fault[] = [
      { kind: "partial_plans", chance: 0.5 },
      { kind: "stale_scheduler", chance: 1, lag: 1_500 },
    ];
    const done = simulate(aScenario({ faults }), {
      watchers: [{ refused: (_, __, ___, { code }) => void refused.push(code) }],
    });
    expect(done.violation).toBeUndefined();
    expect(new Set(refused)).toEqual(new Set(["stale_plan"]));
    expect(stateOf(done).deployments.at(-1)?.status).toBe("successful");
    expect(live(done)).toHaveLength(3);
  });

  it("nothing finds room for a while, and then everything does", () => {
    const done = run([{ kind: "no_capacity", to: 3 * MINUTE }]);
    expect(done.jobs[0]?.allocations.map(({ spans }) => spans[0]?.from)).toEqual([
      3 * MINUTE,
      3 * MINUTE,
      3 * MINUTE,
    ]);
  });

  it("a hundred worlds in which everything goes wrong hold every invariant", () => {
    for (let seed = 0; seed < 100; seed++) {
      const canary = seed % 3;
      const update = {
        maxParallel: 1 + (seed % 2),
        canary,
        autoRevert: seed % 5 > 1,
        autoPromote: canary > 0,
      };
      const disconnect = { lostAfter: (seed % 4) * MINUTE };
      const done = simulate(
        aScenario({
          seed,
          script: [1, 2, 3].map((n) => submitted(n * 2 * MINUTE, shop(String(n), update, { disconnect }))),
          behaviours: [
            { share: 0.2, crashAfter: { from: SECOND, to: 5 * MINUTE } },
            { of: { versions: [1] }, failsChecks: true },
          ],
          faults: [
            { kind: "node_loss", nodeId: "node-1", from: (seed % 7) * MINUTE, to: 9 * MINUTE },
            { kind: "disconnect", nodeId: "node-2", from: 5 * MINUTE, to: 8 * MINUTE },
            { kind: "lost_reports", chance: 0.1 },
            { kind: "duplicated_reports", chance: 0.1, after: SECOND },
            { kind: "partial_plans", chance: 0.2 },
            { kind: "stale_scheduler", chance: 0.2, lag: 300 },
            { kind: "no_capacity", from: 3 * MINUTE, to: 4 * MINUTE },
          ],
          until: 40 * MINUTE,
        }),
        { traces: false },
      );
      expect(done.violation).toBeUndefined();
    }
  });
});
