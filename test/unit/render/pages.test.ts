import { describe, expect, it } from "vitest";
import { emptyJobState, reconcile } from "../../../src/index.js";
import {
  allocationTable,
  deploymentList,
  deploymentStatus,
  jobStatus,
  planPage,
  verdictTable,
} from "../../../src/render/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";

const canarying = aDeployment({
  id: "3f2c9a10-1111-2222-3333-444455556666",
  jobVersion: 1,
  createIndex: 20,
  statusDescription: "Deployment is running but requires manual promotion",
  groups: {
    web: aDeploymentState({
      autoRevert: true,
      desiredCanaries: 1,
      placedAllocs: 1,
      healthyAllocs: 1,
      requireProgressBy: NOW,
      noRoom: 2,
    }),
    api: aDeploymentState({ placedAllocs: 2, healthyAllocs: 1, unhealthyAllocs: 1 }),
  },
});

const state = {
  ...emptyJobState(30),
  versions: [
    aJob({ name: "Shop", datacenters: ["dc1", "dc2"] }),
    aJob({ version: 1, modifyIndex: 20, groups: [aGroup(), aGroup({ name: "api" })] }),
  ],
  allocations: [
    anAllocation(0),
    anAllocation(1, { clientStatus: "failed" }),
    anAllocation(2, { clientStatus: "unknown", createdAt: NOW - 67_000, modifiedAt: NOW - 2_000 }),
  ],
  deployments: [
    aDeployment({ status: "successful", statusDescription: "Deployment completed successfully" }),
    canarying,
  ],
};

describe("the pages that operators know", () => {
  it("a deployment: only columns that say something, what cannot be promoted is N/A, a long id is cut", () => {
    expect(deploymentStatus(canarying).split("\n")).toEqual([
      "ID          = 3f2c9a10",
      "Job ID      = shop",
      "Job Version = 1",
      "Status      = running",
      "Description = Deployment is running but requires manual promotion",
      "",
      "Deployed",
      "Task Group  Auto Revert  Promoted  Desired  Canaries  Placed  Healthy  Unhealthy",
      "web         true         false     3        1         1       1        0",
      "api         false        N/A       3        0         2       1        1",
    ]);
    expect(deploymentStatus(aDeployment())).toContain("Task Group  Desired  Placed  Healthy  Unhealthy");
  });

  it("with the columns that have come since, if asked for", () => {
    const page = deploymentStatus(canarying, { layout: "nomad-2.0" });
    expect(page).toContain("Progress Deadline\n");
    expect(page).toContain("2025-06-15T15:06:40Z");
    expect(page).toContain("N/A");
  });

  it("the deployments of a job, newest first", () => {
    expect(deploymentList(state.deployments).split("\n")).toEqual([
      "ID        Job ID  Job Version  Status      Description",
      "3f2c9a10  shop    1            running     Deployment is running but requires manual promotion",
      "deploy-0  shop    0            successful  Deployment completed successfully",
    ]);
  });

  it("allocations, latest created first, with dates or with ages", () => {
    expect(allocationTable(state.allocations).split("\n")).toEqual([
      "ID            Node ID  Task Group  Version  Desired  Status   Created At",
      "allocation-2  node-2   web         0        run      unknown  06/15/25 15:05:33 UTC",
      "allocation-0  node-0   web         0        run      running  06/15/25 14:56:40 UTC",
      "allocation-1  node-1   web         0        run      failed   06/15/25 14:56:40 UTC",
    ]);
    const ages = allocationTable(state.allocations, { layout: "nomad-2.0", now: NOW });
    expect(ages).toContain("unknown  1m7s ago  2s ago");
  });

  it("a job: what it is, how many are how, its latest deployment, and everything that runs", () => {
    const page = jobStatus(state, { layout: "nomad-2.0", now: NOW });
    expect(page).toContain("Status        = running");
    expect(page).toContain("Task Group  Queued  Starting  Running  Failed  Complete  Lost  Unknown");
    expect(page).toContain("web         2       0         1        1       0         0     1");
    expect(page).toContain("api         0       0         0        0       0         0     0");
    expect(page).toContain("Latest Deployment\nID          = 3f2c9a10");
    expect(jobStatus({ ...state, versions: state.versions.slice(0, 1) })).toContain(
      "Name          = Shop\nType          = service\nPriority      = 50\nDatacenters   = dc1,dc2",
    );
  });

  it.each([
    ["No such job", emptyJobState()],
    ["= pending", { ...emptyJobState(), versions: [aJob()] }],
    ["= dead (stopped)", { ...state, versions: [aJob({ stop: true })] }],
    [
      "= dead",
      {
        ...emptyJobState(),
        versions: [aJob()],
        allocations: [anAllocation(0, { clientStatus: "complete" })],
      },
    ],
  ])("says %s", (said, of) => expect(jobStatus(of)).toContain(said));

  it("a plan: the counts, what forces the change, and the check-index", () => {
    const before = aJob({ groups: [aGroup({ count: 1 })] });
    const tasks = [{ name: "main", config: { image: "image:2" } }];
    const after = aJob({ version: 1, modifyIndex: 20, groups: [aGroup({ count: 1, tasks })] });
    const input = {
      versions: [before, after],
      allocations: [anAllocation(0)],
      deployments: [],
      now: NOW,
      evaluationId: "e",
    };
    const plan = reconcile(input);
    expect(planPage({ before, after }, plan).split("\n").slice(0, 7)).toEqual([
      '+/- Job: "shop"',
      '+/- Task Group: "web" (1 create/destroy update)',
      '  +/- Task: "main" (forces create/destroy update)',
      "    +/- Config {",
      '      +/- image: "image:1" => "image:2"',
      "        }",
      "",
    ]);
    expect(planPage({ before, after }, plan)).toContain("nomad job run -check-index 10 shop.nomad.hcl");
    const fresh = reconcile({ ...input, versions: [after], allocations: [] });
    expect(planPage({ before: undefined, after }, fresh)).toContain('+ Task: "main" (forces create)');
    expect(planPage({ before: undefined, after }, fresh, { verbose: true })).toContain('+ image: "image:2"');
    expect(verdictTable(plan)).toContain("replace  allocation-0  1        destructive_update");
  });
});
