import { describe, expect, it } from "vitest";
import {
  type Allocation,
  applyPlan,
  type DeploymentState,
  drainable,
  type JobState,
  judgeHealth,
  nextTick,
  promotionGate,
  reportHealth,
  rollbackTarget,
  scale,
  submit,
  tag,
  tick,
  untag,
  updateClients,
  updateNode,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import {
  allocationIn,
  aPlan,
  aState,
  aStop,
  canarying,
  deploymentIn,
  groupIn,
  MINUTE,
  refusalOf,
  rolling,
  running,
  SECOND,
} from "./a-state.js";

const healthy = { deploymentStatus: { healthy: true, timestamp: 1 } };

describe("the health of one allocation", () => {
  const group = aGroup({ update: { minHealthyTime: 10 * SECOND } });
  const well = { taskStates: { main: running(NOW - MINUTE) } };

  it.each<[string, Partial<Allocation>, string]>([
    ["runs long enough", well, "healthy"],
    ["is lost", { ...well, clientStatus: "lost" }, "undecided"],
    ["is stopped", { ...well, desiredStatus: "stop" }, "undecided"],
    ["failed, and is stopped", { desiredStatus: "stop", clientStatus: "failed" }, "undecided"],
    ["failed", { clientStatus: "failed" }, "unhealthy"],
    ["completed", { clientStatus: "complete" }, "unhealthy"],
    ["is not known to run", { ...well, clientStatus: "pending", createdAt: NOW }, "undecided"],
    [
      "has a task that did not start",
      { taskStates: { main: { state: "running" } }, createdAt: NOW },
      "undecided",
    ],
  ])("of one that %s", (_, more, kind) => {
    expect(judgeHealth(anAllocation(0, more), group, NOW).kind).toBe(kind);
  });

  it("asks the main tasks: a hook that is null is none", () => {
    const tasks = [{ name: "main", lifecycle: null }];
    const dead = anAllocation(0, { taskStates: { main: { state: "dead", failed: false } } });
    expect(judgeHealth(dead, aGroup({ tasks }), NOW)).toEqual({ kind: "unhealthy", because: "task_ended" });
    const hook = { name: "init", lifecycle: { hook: "prestart" } };
    const begun = {
      ...dead,
      createdAt: NOW,
      taskStates: { main: running(NOW), init: { state: "dead", failed: false } as const },
    };
    expect(judgeHealth(begun, aGroup({ tasks: [{ name: "main" }, hook] }), NOW).kind).toBe("undecided");
  });
});

describe("time", () => {
  it("asks for follow-ups in the order of their times, then ids, and one at a time", () => {
    const followUp = (id: string, at: number) =>
      ({ id, group: "web", at, cause: "reschedule", allocations: ["allocation-0"] }) as const;
    const three = [followUp("c", NOW), followUp("b", NOW), followUp("a", NOW + 1)];
    for (const followUps of [three, three.toReversed()]) {
      const done = tick(aState({ followUps }), { now: NOW });
      expect(done.evaluate).toEqual({ because: "follow_up", evaluationId: "b" });
      expect((done.state.followUps ?? []).map(({ id }) => id).sort()).toEqual(["a", "c"]);
      expect(done.nextTickAt).toBe(NOW);
    }
    expect(tick(aState(), { now: NOW })).not.toHaveProperty("nextTickAt");
  });

  it("says when to come back: for a group that is under way again, at once", () => {
    const next = (groups: Record<string, Partial<DeploymentState>>): number | undefined => {
      const states = Object.entries(groups).map(([name, state]) => [
        name,
        aDeploymentState({ desiredTotal: 0, ...state }),
      ]);
      const state = rolling({}, [healthy, healthy, healthy], { update: { healthCheck: "manual" } });
      const deployments = [aDeployment({ groups: Object.fromEntries(states) })];
      return nextTick({ ...state, deployments }, NOW);
    };
    expect(next({ web: {} })).toBeUndefined();
    expect(next({ web: { requireProgressBy: NOW + 9 } })).toBe(NOW + 9);
    expect(next({ web: { desiredTotal: 4 } })).toBe(NOW);
    expect(next({ web: { requireProgressBy: NOW + 9 }, api: {} })).toBe(NOW + 9);
    expect(next({ web: { requireProgressBy: NOW + 9 }, api: { desiredTotal: 1 }, db: {} })).toBe(NOW);
    expect(next({ web: { desiredTotal: 4, progressDeadline: 0 } })).toBeUndefined();
  });

  it("gives more only to a group that waits for room and has nothing to go back to", () => {
    const late = { requireProgressBy: NOW - 1, progressDeadline: 1_000, noRoom: 1 };
    const state = rolling(late, [healthy, {}, {}], { update: { healthCheck: "manual" } });
    const done = tick(state, { now: NOW });
    expect(groupIn(done.state, "deploy-0").requireProgressBy).toBe(NOW + 999);
    const proven = {
      ...state,
      versions: [aJob({ stable: true, priority: 60 }), aJob({ version: 1, modifyIndex: 20 })],
    };
    const deployments = state.deployments.map((one) => ({ ...one, jobVersion: 1 }));
    expect(deploymentIn(tick({ ...proven, deployments }, { now: NOW }).state, "deploy-0").status).toBe(
      "failed",
    );
  });

  it("rolls back where any group that is late wants it", () => {
    const versions = [aJob({ stable: true, priority: 60 }), aJob({ version: 1, modifyIndex: 20 })];
    const late = { requireProgressBy: NOW, desiredTotal: 9 };
    const failed = (web: boolean, api: boolean) => {
      const groups = {
        web: aDeploymentState({ ...late, autoRevert: web }),
        api: aDeploymentState({ ...late, autoRevert: api }),
      };
      const state = aState({
        versions,
        allocations: [],
        deployments: [aDeployment({ jobVersion: 1, groups })],
      });
      return tick(state, { now: NOW }).rollback?.kind;
    };
    expect(failed(false, true)).toBe("rolled_back");
    expect(failed(true, false)).toBe("rolled_back");
    expect(failed(false, false)).toBeUndefined();
  });
});

describe("a canary that only waited for its promotion, and fell", () => {
  const manual = { update: { maxParallel: 1, canary: 1, healthCheck: "manual" } } as const;
  const due = { requireProgressBy: NOW - 1 };

  /** One that may fail and be tried again. */
  function patient(state: JobState): JobState {
    const reschedule = { delay: 1_000, delayFunction: "constant", unlimited: true } as const;
    const versions = state.versions.map((job) => ({
      ...job,
      groups: job.groups.map((group) => ({ ...group, reschedule })),
    }));
    return { ...state, versions };
  }

  it("begins a new deadline, whoever it fell by", () => {
    const failed = { allocationId: "canary-0", clientStatus: "failed" } as const;
    const state = patient(canarying({ ...manual, group: due }));
    const fallen = updateClients(state, { updates: [failed], now: NOW }).state;
    expect(groupIn(fallen, "deploy-1").requireProgressBy).toBe(NOW + 600_000);
    const plan = aPlan(state, { actions: [aStop("canary-0")] });
    const stopped = applyPlan(state, { plan, placements: [], now: NOW }).state;
    expect(groupIn(stopped, "deploy-1").requireProgressBy).toBe(NOW + 600_000);
  });

  it("an old deadline goes on where it did not wait for its promotion alone", () => {
    const two = patient(canarying({ ...manual, group: { ...due, desiredCanaries: 2 } }));
    const update = { allocationId: "canary-0", clientStatus: "failed" } as const;
    const after = updateClients(two, { updates: [update], now: NOW - 2 }).state;
    expect(groupIn(after, "deploy-1").requireProgressBy).toBe(NOW - 1);
  });

  it("an old deadline goes on where nothing that was healthy fell", () => {
    const state = canarying({ ...manual, group: due });
    const updates = [{ allocationId: "canary-0", taskStates: { main: running(NOW) } }];
    expect(groupIn(updateClients(state, { updates, now: NOW }).state, "deploy-1").requireProgressBy).toBe(
      NOW - 1,
    );
    const another = [{ allocationId: "allocation-0", clientStatus: "failed" }] as const;
    const undecided = canarying({ ...manual, group: { ...due, placedCanaries: [], desiredCanaries: 1 } });
    expect(
      groupIn(updateClients(undecided, { updates: another, now: NOW }).state, "deploy-1").requireProgressBy,
    ).toBe(NOW - 1);
  });
});

describe("the promotion gate", () => {
  it("counts the placed canaries of its group, each once", () => {
    const canaries = [
      anAllocation(0, healthy),
      anAllocation(1, { deploymentStatus: { healthy: false } }),
      anAllocation(2),
      anAllocation(3, { ...healthy, clientStatus: "failed" }),
      anAllocation(4, { deploymentStatus: { canary: true } }),
    ];
    const placedCanaries = [...canaries.map(({ id }) => id), "collected"];
    const groups = { web: aDeploymentState({ desiredCanaries: 5, placedCanaries }) };
    expect(promotionGate({ groups }, "web", [...canaries, anAllocation(9, healthy)])).toEqual({
      group: "web",
      need: 5,
      have: 1,
      pending: 2,
      unhealthy: 1,
      dead: 2,
    });
    expect(promotionGate({ groups }, "api", canaries)).toEqual({
      group: "api",
      need: 0,
      have: 0,
      pending: 0,
      unhealthy: 0,
      dead: 0,
    });
  });
});

describe("draining", () => {
  it("goes by name index, then id, group by group, and passes over what moves already", () => {
    const at = (id: string, index: number, more: Partial<Allocation> = {}) =>
      anAllocation(index, { id, nodeId: "node-0", ...healthy, ...more });
    const groups = [aGroup({ count: 4, migrate: { maxParallel: 4 } }), aGroup({ name: "api", count: 1 })];
    const allocations = [
      at("d", 2),
      at("c", 1),
      at("b", 1),
      at("m", 0, { desiredTransition: { migrate: true } }),
      at("e", 3, { clientStatus: "failed" }),
      at("z", 0, { name: "shop.api[0]", group: "api" }),
    ];
    const state = aState({ versions: [aJob({ groups })], allocations });
    const node = { id: "node-0", status: "ready", draining: true } as const;
    expect(drainable(state, [node], { now: NOW })).toEqual(["z", "b", "c", "d"]);
    expect(drainable({ ...state, allocations: allocations.toReversed() }, [node], { now: NOW })).toEqual([
      "z",
      "b",
      "c",
      "d",
    ]);
    expect(drainable(state, [{ ...node, draining: false }], { now: NOW })).toEqual([]);
  });

  it("asks when its last task started", () => {
    const groups = [
      aGroup({ count: 1, tasks: [{ name: "main" }, { name: "log" }], migrate: { minHealthyTime: MINUTE } }),
    ];
    const startable = (main: number, log: number) => {
      const taskStates = { main: running(main), log: running(log) };
      const state = aState({ versions: [aJob({ groups })], allocations: [anAllocation(0, { taskStates })] });
      return drainable(state, [{ id: "node-0", status: "ready", draining: true }], { now: NOW });
    };
    expect(startable(NOW - MINUTE, NOW - MINUTE)).toEqual(["allocation-0"]);
    expect(startable(NOW - MINUTE, NOW - SECOND)).toEqual([]);
  });
});

describe("reports", () => {
  it("of a client: what ends or comes back is news, and when it went is noted", () => {
    const report = (more: Partial<Allocation>, update: object, of: Partial<JobState> = {}) =>
      updateClients(aState({ allocations: [anAllocation(0, more)], ...of }), {
        updates: [{ allocationId: "allocation-0", ...update }],
        now: NOW,
      });
    const gone = report({}, { clientStatus: "unknown" });
    expect(gone.evaluate).toEqual({ because: "client_update" });
    expect(allocationIn(gone.state, "allocation-0").clientStatusHistory).toEqual([
      { status: "unknown", at: NOW },
    ]);
    expect(report({ clientStatus: "unknown" }, { clientStatus: "running" }).evaluate).toEqual({
      because: "client_update",
    });
    const lost = report({}, { clientStatus: "lost" });
    expect(allocationIn(lost.state, "allocation-0").clientStatusHistory).toEqual([
      { status: "lost", at: NOW },
    ]);
    const started = report({ clientStatus: "pending" }, { clientStatus: "running" });
    expect(started.evaluate).toBeUndefined();
    expect(allocationIn(started.state, "allocation-0")).not.toHaveProperty("clientStatusHistory");
    expect(allocationIn(started.state, "allocation-0")).not.toHaveProperty("taskStates");
    const again = report(
      { clientStatus: "unknown" },
      { clientStatus: "unknown", checks: { http: { status: "success", since: 1 } } },
    );
    expect(again.state.allocations[0]).not.toHaveProperty("clientStatusHistory");
    for (const clientStatus of ["complete", "failed", "lost"] as const) {
      expect(report({ clientStatus: "failed" }, { clientStatus }).state.allocations[0]?.clientStatus).toBe(
        clientStatus,
      );
    }
    const wrong = refusalOf(() => report({}, { clientStatus: "dead" }));
    expect(wrong.message).toMatch(/^Allocation "allocation-0" cannot be "dead"; it is /);
  });

  it("of a node: what has no room asks again only when there may be some", () => {
    const state = aState({ waitsForRoom: true, allocations: [] });
    const asks = (node: object, of: JobState = state) =>
      updateNode(of, { node: { id: "node-9", status: "ready", ...node }, now: NOW }).evaluate !== undefined;
    expect(asks({})).toBe(true);
    expect(asks({ draining: false })).toBe(true);
    expect(asks({ draining: true })).toBe(false);
    expect(asks({ status: "down" })).toBe(false);
    expect(asks({}, aState({ allocations: [] }))).toBe(false);
  });

  it("of a node: nothing changes where it is so already, and whether it drains is part of it", () => {
    const drains = { id: "node-9", status: "ready", draining: true } as const;
    const state = aState({ nodes: [drains], allocations: [] });
    expect(updateNode(state, { node: drains, now: NOW }).state).toBe(state);
    const down = updateNode(state, { node: { id: "node-9", status: "down" }, now: NOW }).state;
    expect(down.nodes).toStrictEqual([{ id: "node-9", status: "down" }]);
    const both = updateNode(down, { node: { ...drains, status: "down" }, now: NOW }).state;
    expect(both.nodes).toStrictEqual([{ ...drains, status: "down" }]);
    expect(updateNode(both, { node: { id: "node-9", status: "down" }, now: NOW }).state.nodes).toStrictEqual(
      down.nodes,
    );
    expect(updateNode(state, { node: { ...drains, draining: false }, now: NOW }).state.nodes).toEqual([]);
    const wrong = refusalOf(() => updateNode(state, { node: { id: "n", status: "up" as "down" }, now: NOW }));
    expect(wrong.message).toMatch(/^Node "n" cannot be "up"/);
  });

  it("of health: says whose an allocation is that is not the deployment's", () => {
    const of = (more: Partial<Allocation>) => {
      const state = rolling({}, [more]);
      return refusalOf(() =>
        reportHealth(state, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW }),
      ).message;
    };
    expect(of({ deploymentId: "deploy-7" })).toBe(
      'Allocation "allocation-0" is none of deployment "deploy-0"; report it to its own, "deploy-7".',
    );
    const none = aState({ deployments: [aDeployment()] });
    expect(
      refusalOf(() => reportHealth(none, { deploymentId: "deploy-0", healthy: ["allocation-0"], now: NOW }))
        .message,
    ).toBe(
      'Allocation "allocation-0" is none of deployment "deploy-0"; it belongs to none, and nobody asks for its health.',
    );
  });
});

describe("jobs", () => {
  const specification = { id: "shop", type: "service" } as const;

  it("a check-index that is stale says why", () => {
    const stale = (checkIndex: number, state = aState()) =>
      refusalOf(() => submit(state, { job: { ...specification, groups: [aGroup()] }, checkIndex, now: NOW }))
        .message;
    expect(stale(0)).toBe(
      "The check-index is 0, but the job exists already: the job's modify index is 10. Look at it first.",
    );
    expect(stale(9)).toBe(
      "The check-index is 9, but the job's modify index is 10: somebody changed it since. Look at it again.",
    );
    expect(stale(50)).toBe(
      "The check-index is 50, but the job's modify index is 10. It is the `modifyIndex` of the current version, not the state's index.",
    );
  });

  it("a specification with many faults shows three, and says how many more there are", () => {
    const faulty = (names: readonly string[]) => {
      const groups = names.map((name) => aGroup({ name, tasks: [] }));
      const refusal = refusalOf(() => submit(aState(), { job: { ...specification, groups }, now: NOW }));
      expect(refusal.details["issues"]).toHaveLength(names.length);
      return refusal.message.replace("The specification is not valid. ", "");
    };
    expect(
      faulty(["a", "b", "c"])
        .split("; ")
        .map((one) => one.split(":")[0]),
    ).toEqual(["$.groups[0].tasks", "$.groups[1].tasks", "$.groups[2].tasks"]);
    expect(faulty(["a", "b", "c"])).not.toContain("more");
    expect(faulty(["a", "b", "c", "d", "e"])).toMatch(/ \.\.\. and 2 more$/);
    expect(faulty(["a", "b", "c", "d", "e"])).not.toContain("groups[3]");
  });

  it("the same specification is a new try only after the latest deployment of that version failed", () => {
    const tries = (...statuses: readonly ("failed" | "successful")[]) => {
      const deployments = statuses.map((status, n) =>
        aDeployment({ id: `d-${n}`, createIndex: 11 + n, status }),
      );
      const state = aState({
        deployments: [
          ...deployments,
          aDeployment({ id: "z", jobVersion: 7, createIndex: 99, status: "failed" }),
        ],
      });
      const changed = submit(state, { job: aJob(), now: NOW }).changed;
      expect(
        submit({ ...state, deployments: state.deployments.toReversed() }, { job: aJob(), now: NOW }).changed,
      ).toBe(changed);
      return changed;
    };
    const state = aState({
      versions: [
        aJob({ groups: [aGroup({ reschedule: { delay: 1, delayFunction: "constant", unlimited: true } })] }),
      ],
    });
    expect(submit(state, { job: state.versions[0] ?? aJob(), now: NOW }).changed).toBe(false);
    expect(tries("failed", "successful")).toBe(false);
    expect(tries("successful", "failed")).toBe(true);
    expect(tries()).toBe(false);
  });

  it("a count beyond every name is refused, and the largest is not", () => {
    const to = (count: number) => () => scale(aState(), { group: "web", count, now: NOW });
    expect(refusalOf(to(2 ** 31)).code).toBe("bad_number");
    expect(to(2 ** 31 - 1)().changed).toBe(true);
    expect(
      refusalOf(() =>
        scale(aState({ versions: [aJob({ groups: [aGroup(), aGroup({ name: "api" })] })] }), {
          group: "db",
          count: 1,
          now: NOW,
        }),
      ).message,
    ).toBe('Job "shop" has no group "db"; it has "web", "api".');
  });

  it("a tag is another registration's business, and only the bearer loses it", () => {
    const earlier = aJob({ createIndex: 2, modifyIndex: 3, tag: "old" });
    const state = aState({
      versions: [earlier, aJob({ tag: "a" }), aJob({ version: 1, modifyIndex: 20, tag: "b" })],
    });
    expect(refusalOf(() => untag(state, { tag: "old", now: NOW })).code).toBe("unknown_tag");
    expect(tag(state, { version: 1, tag: "old", now: NOW }).state.versions.at(-1)?.tag).toBe("old");
    expect(
      untag(state, { tag: "a", now: NOW })
        .state.versions.map((job) => job.tag)
        .filter(Boolean),
    ).toEqual(["b"]);
  });

  it("a rollback goes to the newest stable version, in whatever order they come", () => {
    const versions = [0, 1, 2].map((version) =>
      aJob({ version, modifyIndex: 10 + version, stable: version < 2, priority: 50 + version }),
    );
    for (const known of [versions, versions.toReversed()]) {
      expect(rollbackTarget(known)).toMatchObject({ kind: "version", job: { version: 1 } });
    }
    expect(rollbackTarget([])).toEqual({ kind: "no_stable_version" });
  });
});
