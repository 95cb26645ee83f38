import { describe, expect, it } from "vitest";
import { type ErrorCode, parseReconcileInput, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anAllocation, anInput } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";

const twinNodes = [
  { id: "node-0", status: "ready" },
  { id: "node-0", status: "down" },
] as const;
const api = aJob({ groups: [aGroup({ name: "api" })] });

/** A contradiction, its code, its numbers, and what the message has to say. */
const REFUSALS: readonly [Partial<ReconcileInput>, ErrorCode, object, RegExp][] = [
  [{ now: -1 }, "bad_number", { path: "$.now", value: "-1" }, /now is -1; .*milliseconds/],
  [{ now: 0.5 }, "bad_number", { path: "$.now", value: "0.5" }, /now is 0\.5/],
  [
    { versions: [aJob(), aJob({ id: "other", createIndex: 1, version: 3 })] },
    "foreign_version",
    { jobId: "other", expected: "shop" },
    /version 3 of job "other" .*job "shop"/,
  ],
  [
    { versions: [aJob(), aJob({ namespace: "prod", createIndex: 1 })] },
    "foreign_version",
    { jobId: "shop", expected: "shop" },
    /version 0 of job "shop".*one namespace/,
  ],
  [
    { deployments: [aDeployment({ jobId: "other" })] },
    "foreign_deployment",
    { jobId: "other", expected: "shop" },
    /deployment "deploy-0" of job "other" .*job "shop"/,
  ],
  [
    { versions: [], allocations: [], deployments: [aDeployment(), aDeployment({ id: "b", jobId: "other" })] },
    "foreign_deployment",
    { jobId: "other", expected: "shop" },
    /deployment "b" of job "other"/,
  ],
  [
    { deployments: [aDeployment(), aDeployment()] },
    "duplicate_deployment",
    { id: "deploy-0" },
    /Two deployments bear the id "deploy-0"/,
  ],
  [{ nodes: twinNodes }, "duplicate_node", { id: "node-0" }, /Two nodes bear the id "node-0"/],
  [
    { allocations: [anAllocation(0), anAllocation(0)] },
    "duplicate_allocation",
    { id: "allocation-0" },
    /Two allocations bear the id "allocation-0"/,
  ],
  [
    { versions: [aJob({ groups: [aGroup(), aGroup()] })] },
    "duplicate_group",
    { jobId: "shop", group: "web" },
    /Job "shop" has two groups "web"/,
  ],
  [
    { versions: [aJob({ groups: [aGroup({ count: -1 })] })] },
    "bad_number",
    { group: "web", value: "-1" },
    /Group "web" has count -1; it is a whole number, 0 or more/,
  ],
  [
    { versions: [aJob({ groups: [aGroup({ name: "__proto__" })] })], allocations: [] },
    "bad_name",
    { group: "__proto__" },
    /"__proto__".*call it otherwise/,
  ],
  [
    { allocations: [anAllocation(0, { jobVersion: 7 })] },
    "unknown_version",
    { allocationId: "allocation-0", jobVersion: 7, jobCreateIndex: 5 },
    /runs version 7 of registration 5/,
  ],
  [
    { versions: [api, aJob({ version: 1, modifyIndex: 11 })], allocations: [anAllocation(0)] },
    "unknown_group",
    { allocationId: "allocation-0", group: "web", jobVersion: 0 },
    /belongs to group "web", which its version 0 does not have/,
  ],
  [
    { versions: [aJob(), aJob({ modifyIndex: 11 })] },
    "duplicate_version",
    { jobId: "shop", version: 0, createIndex: 5 },
    /Two versions of job "shop" are version 0 of registration 5/,
  ],
  [
    { allocations: [anAllocation(0, { clientStatus: "dead" as "lost" })] },
    "unknown_status",
    { allocationId: "allocation-0", field: "clientStatus", status: "dead" },
    /"allocation-0" has clientStatus "dead"/,
  ],
  [
    { allocations: [anAllocation(0, { desiredStatus: "pause" as "stop" })] },
    "unknown_status",
    { allocationId: "allocation-0", field: "desiredStatus", status: "pause" },
    /"allocation-0" has desiredStatus "pause"/,
  ],
];

describe("data that contradicts itself", () => {
  it.each(REFUSALS)("is refused with the numbers that contradict: %j", (more, code, details, tells) => {
    const refusal = refusalOf(() => reconcile(anInput(more)));
    expect(refusal.code).toBe(code);
    expect(refusal.details).toEqual(details);
    expect(refusal.message).toMatch(tells);
  });

  it("is none: the largest count, the beginning of time, deployments that outlived their job", () => {
    const largest = aJob({ groups: [aGroup({ count: 0 }), aGroup({ name: "api", count: 0 })] });
    expect(reconcile(anInput({ versions: [largest], now: 0 })).actions).toHaveLength(3);
    const orphans = { versions: [], allocations: [], deployments: [aDeployment(), aDeployment({ id: "b" })] };
    expect(reconcile(anInput(orphans)).actions).toEqual([]);
  });

  it("is none: an unknown version of what is over, and was replaced or stopped", () => {
    const pruned = { jobVersion: 7, clientStatus: "failed" } as const;
    const replaced = anAllocation(0, { ...pruned, nextAllocation: "allocation-1" });
    expect(reconcile(anInput({ allocations: [replaced] })).actions[0]?.reason.code).toBe("dropped");
    const codeOf = (more: Parameters<typeof anAllocation>[1]): ErrorCode =>
      refusalOf(() => reconcile(anInput({ allocations: [anAllocation(0, { ...pruned, ...more })] }))).code;
    expect(codeOf({})).toBe("unknown_version");
    expect(codeOf({ clientStatus: "running", nextAllocation: "allocation-1" })).toBe("unknown_version");
  });

  it("is none: an unknown group of a version, where the job has it no more", () => {
    const stray = anAllocation(0, { name: "shop.db[0]", group: "db" });
    expect(reconcile(anInput({ allocations: [stray] })).actions.at(-1)?.reason.code).toBe("group_removed");
    const unknown = { ...stray, jobVersion: 7 };
    expect(refusalOf(() => reconcile(anInput({ allocations: [unknown] }))).code).toBe("unknown_version");
    const stopped = reconcile(anInput({ versions: [aJob({ stop: true })], allocations: [unknown] }));
    expect(stopped.actions[0]?.reason.code).toBe("job_stopped");
  });

  it("is said of what was read", () => {
    expect(refusalOf(() => parseReconcileInput(7)).message).toContain("an input of reconcile");
  });
});
