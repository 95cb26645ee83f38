import { describe, expect, it } from "vitest";
import { explain } from "../../../src/explain/index.js";
import { reconcile } from "../../../src/index.js";
import {
  allocationTable,
  deploymentList,
  deploymentStatus,
  explanationPage,
  jobStatus,
  verdictTable,
} from "../../../src/render/index.js";
import { aDeployment, aGroup, aJob, anAllocation, NOW } from "../a-job.js";

const HOSTILE = "\u001b[31mred\u0007\u202e";
const job = aJob({ id: HOSTILE, groups: [aGroup({ name: HOSTILE })] });
const allocations = [
  anAllocation(0, { id: HOSTILE, group: HOSTILE, nodeId: HOSTILE, name: `${HOSTILE}.${HOSTILE}[0]` }),
];
const deployment = aDeployment({ id: HOSTILE, jobId: HOSTILE, statusDescription: HOSTILE });
const state = { index: 1, versions: [job], allocations, deployments: [deployment] };
const plan = reconcile({ ...state, now: NOW, evaluationId: "eval-1" });

describe("names that a terminal would obey", () => {
  it.each<[string, string]>([
    ["the job status", jobStatus(state)],
    ["the allocation table", allocationTable(allocations)],
    ["the deployment list", deploymentList([deployment])],
    ["the deployment status", deploymentStatus(deployment)],
    ["the verdict table", verdictTable(plan)],
    [
      "the explanation",
      explanationPage(explain({ ...state, deployments: [{ ...deployment, status: "failed" }] }, NOW)),
    ],
  ])("do not come through %s", (_, page) => {
    expect(page).toContain("red");
    for (const obeyed of ["\u001b", "\u0007", "\u202e"]) expect(page).not.toContain(obeyed);
  });
});
