import { describe, expect, it } from "vitest";
import { type NewId, reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, anInput, NOW } from "../a-job.js";

const next = aJob({
  version: 1,
  modifyIndex: 11,
  groups: [aGroup({ tasks: [{ name: "main", config: { image: "image:2" } }] })],
});
const unlimited = { delay: 30_000, delayFunction: "constant", unlimited: true } as const;

describe("a plan", () => {
  it("of a first version places count allocations and makes no deployment without an update strategy", () => {
    const plan = reconcile(anInput({ allocations: [] }));
    expect(plan.actions).toEqual(
      [0, 1, 2].map((n) => ({
        kind: "place",
        reason: { code: "missing", have: 0, need: 3 },
        placement: `web/${n}`,
        group: "web",
        name: `shop.web[${n}]`,
        jobVersion: 0,
        jobCreateIndex: 5,
        version: "current",
      })),
    );
    expect(plan.deployment).toBeUndefined();
    expect(plan.madeFrom).toEqual({ evaluationId: "eval-1", jobVersion: 0, jobCreateIndex: 5 });
  });

  it("replaces under maxParallel, and says what changed and why others wait", () => {
    const update = { maxParallel: 1 };
    const versions = [
      aJob({ groups: [aGroup({ update })] }),
      { ...next, groups: next.groups.map((group) => ({ ...group, update })) },
    ];
    const plan = reconcile(anInput({ versions, index: 41 }));
    const change = { path: "tasks.main.config.image", from: "image:1", to: "image:2" };
    expect(plan.actions.map(({ kind, reason }) => [kind, reason])).toEqual([
      ["replace", { code: "destructive_update", change, budget: 1, ordinal: 1 }],
      [
        "ignore",
        { code: "budget_spent", change, maxParallel: 1, undecided: 0, unhealthy: 0, placedFirst: 0 },
      ],
      [
        "ignore",
        { code: "budget_spent", change, maxParallel: 1, undecided: 0, unhealthy: 0, placedFirst: 0 },
      ],
    ]);
    expect(plan.actions[0]).toMatchObject({
      allocationId: "allocation-0",
      name: "shop.web[0]",
      deploymentId: "eval-1/deployment",
    });
    expect(plan.deployment).toMatchObject({
      kind: "created",
      id: "eval-1/deployment",
      jobVersion: 1,
      description: "running",
    });
    expect(plan.waiting).toEqual([{ for: "free_slot", group: "web", left: 2 }]);
    expect(plan.madeFrom.index).toBe(41);
  });

  it("a migration is a stop and a placement that point at each other", () => {
    const allocations = [
      anAllocation(0, { desiredTransition: { migrate: true } }),
      anAllocation(1),
      anAllocation(2),
    ];
    const plan = reconcile(anInput({ allocations }));
    const stop = plan.actions.find(({ kind }) => kind === "stop");
    const place = plan.actions.find(({ kind }) => kind === "place");
    expect(stop).toMatchObject({
      allocationId: "allocation-0",
      placement: "web/0",
      reason: { code: "migrating" },
    });
    expect(place).toMatchObject({
      placement: "web/0",
      previousAllocation: "allocation-0",
      name: "shop.web[0]",
    });
    expect(plan.groups["web"]).toMatchObject({ migrate: 1, stop: 0, place: 1, ignore: 2 });
  });

  it("asks to be called again for what is due later, under ids that nobody bears", () => {
    const failed = anAllocation(0, { clientStatus: "failed", modifiedAt: NOW - 10_000 });
    const versions = [aJob({ groups: [aGroup({ reschedule: unlimited })] })];
    const borne = anAllocation(1, { followUpEvaluationId: "eval-1/web/0" });
    const plan = reconcile(anInput({ versions, allocations: [failed, borne, anAllocation(2)] }));
    expect(plan.followUps).toEqual([
      {
        id: "eval-1/web/0~1",
        group: "web",
        at: NOW + 20_000,
        cause: "reschedule",
        allocations: ["allocation-0"],
      },
    ]);
    expect(plan.actions[0]).toMatchObject({
      followUpEvaluationId: "eval-1/web/0~1",
      reason: { code: "waiting_for_reschedule", at: NOW + 20_000 },
    });
    // Within a second of its time it is due: rule 5.5.
    expect(plan.wakeAt).toBe(NOW + 19_000);
    expect(plan.groups["web"]?.rescheduleLater).toBe(1);
  });

  it("names new things as the caller wants, and refuses a name that is borne", () => {
    const versions = [aJob({ groups: [aGroup({ update: { maxParallel: 1 } })] })];
    const asked: NewId[] = [];
    const named = reconcile(
      anInput({
        versions,
        allocations: [],
        policy: {
          newId: (what) => {
            asked.push(what);
            return "mine";
          },
        },
      }),
    );
    expect(named.deployment?.id).toBe("mine");
    expect(asked).toEqual([{ kind: "deployment", evaluationId: "eval-1", attempt: 0 }]);
    const taken = [aDeployment({ id: "mine", jobVersion: 3, status: "failed" })];
    expect(() =>
      reconcile(anInput({ versions, allocations: [], deployments: taken, policy: { newId: () => "mine" } })),
    ).toThrow(expect.objectContaining({ code: "id_already_borne" }));
  });

  it("keeps what a lowered count would stop until promotion, when asked to (D 14)", () => {
    const update = { maxParallel: 1, canary: 1 };
    const versions = [
      aJob({ groups: [aGroup({ update })] }),
      { ...next, groups: next.groups.map((group) => ({ ...group, update, count: 1 })) },
    ];
    const deployments = [aDeployment({ status: "successful", groups: { web: aDeploymentState() } })];
    const lowered = reconcile(anInput({ versions, deployments }));
    const held = reconcile(anInput({ versions, deployments, policy: { holdCountUntilPromoted: true } }));
    expect(lowered.groups["web"]).toMatchObject({ stop: 2, canary: 1 });
    expect(held.groups["web"]).toMatchObject({ stop: 0, canary: 1, ignore: 3 });
  });

  it("gives byte-equal answers for two groups in either order of their allocations", () => {
    const versions = [aJob({ groups: [aGroup(), aGroup({ name: "api", count: 1 })] })];
    const api = anAllocation(9, { name: "shop.api[0]", group: "api" });
    const [one, two, three] = anInput().allocations;
    if (one === undefined || two === undefined || three === undefined) throw new Error("three");
    const mixed = reconcile(anInput({ versions, allocations: [three, api, one, two] }));
    const sorted = reconcile(anInput({ versions, allocations: [one, two, three, api] }));
    expect(JSON.stringify(mixed)).toBe(JSON.stringify(sorted));
    expect(Object.keys(mixed.groups)).toEqual(["web", "api"]);
  });

  it("sorts names whose indexes are far apart, too", () => {
    const allocations = [anAllocation(2_000_000_000), anAllocation(1), anAllocation(700_000)];
    const plan = reconcile(anInput({ allocations }));
    expect(plan.actions.map((action) => ("allocationId" in action ? action.allocationId : ""))).toEqual([
      "allocation-1",
      "allocation-700000",
      "allocation-2000000000",
    ]);
  });
});
