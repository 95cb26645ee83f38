import { describe, expect, it } from "vitest";
import { type ErrorCode, isVerdigrisError, type ReconcileInput, reconcile } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anAllocation, anInput } from "../a-job.js";

/** Each contradiction, its code, and the culprit that the message must name. */
const CONTRADICTIONS: readonly [string, ReconcileInput, ErrorCode, string][] = [
  [
    "an unknown version",
    anInput({ allocations: [anAllocation(0, { jobVersion: 7 })] }),
    "unknown_version",
    "allocation-0",
  ],
  [
    "another registration's version",
    anInput({ allocations: [anAllocation(0, { jobCreateIndex: 4 })] }),
    "unknown_version",
    "registration 4",
  ],
  [
    "a group that its version does not have",
    anInput({
      versions: [aJob({ groups: [aGroup({ name: "api" })] }), aJob({ version: 1, modifyIndex: 11 })],
      allocations: [anAllocation(0)],
    }),
    "unknown_group",
    "allocation-0",
  ],
  [
    "two allocations with one id",
    anInput({ allocations: [anAllocation(0), anAllocation(1, { id: "allocation-0" })] }),
    "duplicate_allocation",
    "allocation-0",
  ],
  [
    "two versions with one number",
    anInput({ versions: [aJob(), aJob({ modifyIndex: 11 })] }),
    "duplicate_version",
    "version 0",
  ],
  [
    "two deployments with one id",
    anInput({ deployments: [aDeployment(), aDeployment()] }),
    "duplicate_deployment",
    "deploy-0",
  ],
  [
    "two nodes with one id",
    anInput({
      nodes: [
        { id: "node-0", status: "ready" },
        { id: "node-0", status: "down" },
      ],
    }),
    "duplicate_node",
    "node-0",
  ],
  [
    "two groups with one name",
    anInput({ versions: [aJob({ groups: [aGroup(), aGroup()] })] }),
    "duplicate_group",
    "web",
  ],
  [
    "a deployment of another job",
    anInput({ deployments: [aDeployment({ jobId: "other" })] }),
    "foreign_deployment",
    "other",
  ],
  [
    "a deployment of another namespace",
    anInput({ deployments: [aDeployment({ namespace: "prod" })] }),
    "foreign_deployment",
    "deploy-0",
  ],
  [
    "a version of another job",
    anInput({ versions: [aJob(), aJob({ id: "other", createIndex: 1 })] }),
    "foreign_version",
    "other",
  ],
  [
    "an unknown client status",
    // @ts-expect-error: what an untyped caller can send
    anInput({ allocations: [anAllocation(0, { clientStatus: "dead" })] }),
    "unknown_status",
    "dead",
  ],
  [
    "an unknown desired status",
    // @ts-expect-error: what an untyped caller can send
    anInput({ allocations: [anAllocation(0, { desiredStatus: "pause" })] }),
    "unknown_status",
    "pause",
  ],
  ["a time that is no number", anInput({ now: Number.NaN }), "bad_number", "NaN"],
  [
    "a negative count",
    anInput({ versions: [aJob({ groups: [aGroup({ count: -1 })] })] }),
    "bad_number",
    "-1",
  ],
  [
    "a fractional count",
    anInput({ versions: [aJob({ groups: [aGroup({ count: 1.5 })] })] }),
    "bad_number",
    "1.5",
  ],
  [
    "a count beyond every index",
    anInput({ versions: [aJob({ groups: [aGroup({ count: 2 ** 31 })] })] }),
    "bad_number",
    "2147483648",
  ],
  [
    "a name without an index",
    anInput({ allocations: [anAllocation(0, { name: "shop.web" })] }),
    "bad_name",
    "shop.web",
  ],
  [
    "a group called __proto__",
    anInput({ versions: [aJob({ groups: [aGroup({ name: "__proto__" })] })], allocations: [] }),
    "bad_name",
    "__proto__",
  ],
];

describe("data that contradicts itself", () => {
  it.each(CONTRADICTIONS)("%s", (_, input, code, culprit) => {
    const before = JSON.stringify(input);
    try {
      reconcile(input);
      expect.unreachable("it was accepted");
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      expect(error.code).toBe(code);
      expect(error.message).toContain(culprit);
    }
    expect(JSON.stringify(input)).toBe(before);
  });

  it("is tolerated where nothing asks for it: the version of what the server stopped", () => {
    const gone = anAllocation(3, { jobVersion: 7, desiredStatus: "stop", clientStatus: "complete" });
    const plan = reconcile(anInput({ allocations: [...anInput().allocations, gone] }));
    expect(plan.actions.map(({ reason }) => reason.code)).toEqual([
      "unchanged",
      "unchanged",
      "unchanged",
      "history",
    ]);
  });

  it("dangling references are normal and mean nothing", () => {
    const allocations = anInput().allocations.map((allocation) => ({
      ...allocation,
      deploymentId: "collected",
      previousAllocation: "collected",
      nextAllocation: "collected",
    }));
    expect(reconcile(anInput({ allocations })).groups["web"]?.ignore).toBe(3);
  });

  it("a group may be called like something that every object inherits", () => {
    const versions = [aJob({ groups: [aGroup({ name: "constructor" })] })];
    const plan = reconcile(
      anInput({ versions, allocations: [], deployments: [aDeployment({ groups: {} })] }),
    );
    expect(plan.groups["constructor"]?.place).toBe(3);
  });
});
