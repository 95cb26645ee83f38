import { describe, expect, it } from "vitest";
import { type Allocation, createReconciler, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aGroup, aJob, anAllocation, anInput } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";

const versions = [aJob({ groups: [aGroup({ count: 10 })] })];
const allocations = Array.from({ length: 10 }, (_, n) => anAllocation(n));
const atRest = anInput({ versions, allocations });

function withOne(n: number, change: Partial<Allocation>): ReconcileInput {
  const all = [...allocations];
  all[n] = { ...anAllocation(n), ...change };
  return { ...atRest, allocations: all };
}

describe("a reconciler that is asked again", () => {
  it("says of what is at rest the same, in the same objects", () => {
    const reconciler = createReconciler();
    const [first, second] = [
      reconciler(atRest),
      reconciler(withOne(3, { deploymentStatus: { healthy: true } })),
    ];
    expect(second).toEqual(reconcile(withOne(3, { deploymentStatus: { healthy: true } })));
    expect(second.actions).toBe(first.actions);
  });

  it("says otherwise of the one that changed, and of the others the same", () => {
    const reconciler = createReconciler();
    const first = reconciler(atRest);
    const failed = withOne(3, { clientStatus: "failed" });
    const second = reconciler(failed);
    expect(second).toEqual(reconcile(failed));
    expect(second.actions[3]).not.toEqual(first.actions[3]);
    expect(second.actions[4]).toBe(first.actions[4]);
  });

  it("reads everything again where another allocation, version or deployment is there", () => {
    const reconciler = createReconciler();
    reconciler(atRest);
    for (const input of [
      { ...atRest, allocations: allocations.slice(1) },
      { ...atRest, allocations: allocations.toReversed() },
      withOne(3, { id: "another" }),
      withOne(3, { name: "shop.web[12]" }),
      { ...atRest, versions: [...versions, aJob({ version: 1, modifyIndex: 11 })] },
      { ...atRest, versions: [aJob({ groups: [aGroup({ count: 4 })] })] },
    ]) {
      expect(reconciler(input)).toEqual(reconcile(input));
    }
  });

  it("keeps what it knows when it refuses an input", () => {
    const reconciler = createReconciler();
    const ended = withOne(3, { jobVersion: 7, desiredStatus: "stop", clientStatus: "complete" });
    const first = reconciler(ended);
    const live = withOne(3, { jobVersion: 7 });
    expect(refusalOf(() => reconciler(live)).code).toBe("unknown_version");
    expect(refusalOf(() => reconciler(withOne(3, { id: "allocation-2" }))).code).toBe("duplicate_allocation");
    expect(reconciler(ended)).toEqual(first);
  });

  it("follows no policy that comes with the data", () => {
    const changed = aJob({
      version: 1,
      modifyIndex: 11,
      groups: [aGroup({ count: 10, tasks: [{ name: "main", config: { image: "2" } }] })],
    });
    const input = { ...atRest, versions: [...versions, changed] };
    const policy = { classifyUpdate: () => ({ kind: "in_place" }) as const };
    const reconciler = createReconciler();
    const smuggled: ReconcileInput = { ...input, policy };
    expect(reconciler(smuggled)).toEqual(reconcile(input));
    expect(reconciler(input)).toEqual(reconcile(input));
  });

  it("says of what is at rest a list that nobody can shorten", () => {
    const { actions } = createReconciler()(atRest);
    expect(Object.isFrozen(actions)).toBe(true);
  });

  it("follows the policy that it was made with", () => {
    const policy = { newId: () => "an id of its own" };
    const missing = { ...atRest, allocations: allocations.slice(1) };
    expect(createReconciler({ policy })(missing)).toEqual(reconcile({ ...missing, policy }));
  });
});
