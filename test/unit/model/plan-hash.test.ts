import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Plan, planHash, reconcile } from "../../../src/index.js";
import { canonicalJson } from "../../../src/model/canonical-json.js";
import { sha256 } from "../../../src/model/sha-256.js";
import { aDeployment, aGroup, aJob, anAllocation, anInput, NOW } from "../a-job.js";

describe("sha256", () => {
  it("is what others compute, at every length around a block", () => {
    const texts = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ maxLength: 130 }));
    fc.assert(
      fc.property(texts, (text) => {
        expect(sha256(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
      }),
      { numRuns: 500, seed: 1 },
    );
    for (const length of [0, 55, 56, 63, 64, 119, 120]) {
      const text = "x".repeat(length);
      expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
    }
  });

  it("tells halves of characters apart", () => {
    expect(sha256("\ud800")).not.toBe(sha256("\ud801"));
  });
});

describe("canonicalJson", () => {
  it("is one text for all spellings of a value", () => {
    const one = canonicalJson({ b: [1, null, { d: "x", c: undefined }], a: true });
    expect(one).toBe('{"a":true,"b":[1,null,{"d":"x"}]}');
    expect(canonicalJson({ a: true, b: [1, undefined, { d: "x" }] })).toBe(one);
  });
});

/** Two wait to be rescheduled, one fails over, and a new version rolls out. */
function aRichPlan(evaluationId = "eval-1"): Plan {
  const reschedule = { attempts: 3, interval: 3_600_000, delay: 60_000 };
  const tasks = [{ name: "main", config: { image: "image:2" } }];
  return reconcile(
    anInput({
      versions: [
        aJob({ groups: [aGroup({ reschedule })] }),
        aJob({ version: 1, modifyIndex: 20, groups: [aGroup({ reschedule, tasks, update: {} })] }),
      ],
      allocations: [
        anAllocation(0),
        anAllocation(1),
        anAllocation(2, { clientStatus: "failed", modifiedAt: NOW }),
      ],
      deployments: [aDeployment()],
      index: 30,
      evaluationId,
    }),
  );
}

/** The same with every object's keys the other way round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe("planHash", () => {
  const plan = aRichPlan();
  const hash = planHash(plan);

  it("is 64 digits, and the same whatever the order of the keys", () => {
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(planHash(turned(plan) as Plan)).toBe(hash);
    expect(planHash(JSON.parse(JSON.stringify(plan)))).toBe(hash);
  });

  it("does not depend on how the evaluation and what it makes are called", () => {
    expect(plan.deployment?.kind).toBe("created");
    expect(plan.followUps).toHaveLength(1);
    const other = aRichPlan("preview");
    expect(other.deployment?.id).not.toBe(plan.deployment?.id);
    expect(other.followUps[0]?.id).not.toBe(plan.followUps[0]?.id);
    expect(planHash(other)).toBe(hash);
  });

  it("leaves out what is told and not done, and the state's index", () => {
    const { wakeAt: _, ...rest } = plan;
    const madeFrom = { ...plan.madeFrom, index: 99 };
    expect(planHash({ ...rest, madeFrom, waiting: [] })).toBe(hash);
  });

  it("is another one as soon as anything else is done", () => {
    const { deployment: _, ...withoutDeployment } = plan;
    const [first, ...others] = plan.actions;
    const otherPlans: readonly Plan[] = [
      withoutDeployment,
      { ...plan, actions: others },
      { ...plan, actions: [...plan.actions].reverse() },
      { ...plan, actions: [{ ...first, group: "other" } as Plan["actions"][number], ...others] },
      { ...plan, groups: {} },
      { ...plan, followUps: [] },
      { ...plan, followUps: plan.followUps.map((one) => ({ ...one, at: one.at + 1 })) },
      { ...plan, deploymentUpdates: [] },
      { ...plan, madeFrom: { ...plan.madeFrom, jobVersion: 7 } },
      {
        ...plan,
        actions: plan.actions.map((action) =>
          "deploymentId" in action ? { ...action, deploymentId: "deploy-0" } : action,
        ),
      },
    ];
    const hashes = new Set([hash, ...otherPlans.map(planHash)]);
    expect(hashes.size).toBe(otherPlans.length + 1);
  });
});
