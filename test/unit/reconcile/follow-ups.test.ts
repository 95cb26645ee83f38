import { describe, expect, it } from "vitest";
import { type Allocation, type NewId, reconcile } from "../../../src/index.js";
import { aGroup, aJob, anInput, NOW } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";
import { called } from "./said.js";

const reschedule = { delay: 60_000, delayFunction: "constant", unlimited: true } as const;

function failedAgo(seconds: number, more: Partial<Allocation> = {}): Partial<Allocation> {
  return { clientStatus: "failed", modifiedAt: NOW - seconds * 1_000, ...more };
}

describe("follow-up evaluations (rule 6)", () => {
  const versions = [aJob({ groups: [aGroup({ count: 6, reschedule })] })];

  it("are one for all that are due within five seconds of the first", () => {
    const ago = [20, 15.001, 15, 10, 30];
    const allocations = ago.map((seconds, n) => called(`a${n}`, n, failedAgo(seconds)));
    const plan = reconcile(anInput({ versions, allocations: allocations.toReversed() }));
    expect(plan.followUps.map(({ id, at, allocations }) => [id, at - NOW, allocations])).toEqual([
      ["eval-1/web/0", 30_000, ["a4"]],
      ["eval-1/web/1", 40_000, ["a0", "a1"]],
      ["eval-1/web/2", 45_000, ["a2"]],
      ["eval-1/web/3", 50_000, ["a3"]],
    ]);
    expect(plan.wakeAt).toBe(NOW + 29_000);
  });

  it("name those that are due at one time in canonical order", () => {
    const allocations = [3, 0, 2, 1].map((n) => called(`a${n}`, n, failedAgo(20)));
    const plan = reconcile(anInput({ versions, allocations }));
    expect(plan.followUps.map(({ allocations }) => allocations)).toEqual([["a0", "a1", "a2", "a3"]]);
  });

  it("are for what moves, too, which does not bear their id", () => {
    const moving = called(
      "a",
      0,
      failedAgo(20, { desiredTransition: { migrate: true }, deploymentStatus: { canary: true } }),
    );
    const plan = reconcile(anInput({ versions, allocations: [moving, called("b", 1, failedAgo(20))] }));
    expect(plan.followUps).toMatchObject([{ allocations: ["a", "b"] }]);
    const [first, second] = plan.actions;
    expect(first).toMatchObject({ kind: "stop", reason: { code: "migrating" } });
    expect(first).not.toHaveProperty("followUpEvaluationId");
    expect(second).toMatchObject({ kind: "ignore", followUpEvaluationId: "eval-1/web/0" });
  });

  it("bear ids that nobody bears, that evaluation's own among them", () => {
    const asked: NewId[] = [];
    const ids = ["eval-1", "taken", "mine", "mine", "other"];
    const policy = {
      newId: (what: NewId) => {
        asked.push(what);
        return ids[asked.length - 1] ?? "";
      },
    };
    const allocations = [
      called("a", 0, failedAgo(20)),
      called("b", 1, failedAgo(10)),
      called("c", 2, { followUpEvaluationId: "taken" }),
    ];
    const plan = reconcile(anInput({ versions, allocations, policy }));
    expect(plan.followUps.map(({ id }) => id)).toEqual(["mine", "other"]);
    const what = { kind: "follow_up", evaluationId: "eval-1", group: "web" };
    expect(asked).toEqual([
      { ...what, ordinal: 0, attempt: 0 },
      { ...what, ordinal: 0, attempt: 1 },
      { ...what, ordinal: 0, attempt: 2 },
      { ...what, ordinal: 1, attempt: 0 },
      { ...what, ordinal: 1, attempt: 1 },
    ]);
  });

  it("a policy that knows one id alone is refused, after a thousand tries", () => {
    let tries = 0;
    const policy = {
      newId: () => {
        tries++;
        return "eval-1";
      },
    };
    const refusal = refusalOf(() =>
      reconcile(anInput({ versions, allocations: [called("a", 0, failedAgo(20))], policy })),
    );
    expect(refusal.code).toBe("id_already_borne");
    expect(refusal.message).toMatch(/gave "eval-1" 1000 times.*`attempt`/);
    expect(refusal.details).toEqual({ id: "eval-1" });
    expect(tries).toBe(1_000);
  });
});
