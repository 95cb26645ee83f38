import { describe, expect, it } from "vitest";
import { isVerdigrisError } from "../../../src/index.js";
import {
  readAllocations,
  readDeployments,
  readJob,
  readNodes,
  readVersions,
} from "../../../src/nomad/index.js";
import { millisecondsOf, timeOf } from "../../../src/nomad/times.js";

const JOB = {
  ID: "docs",
  Namespace: "default",
  Type: "service",
  Version: 3,
  CreateIndex: 10,
  ModifyIndex: 99,
  JobModifyIndex: 42,
  Stable: true,
  Stop: false,
  Status: "running",
  SubmitTime: 1,
  VersionTag: { Name: "golden" },
  Meta: { OwnerTeam: "a" },
  TaskGroups: [
    {
      Name: "api",
      Count: 2,
      Update: {
        MaxParallel: 1,
        Canary: 2,
        HealthyDeadline: 600_000_000_000,
        HealthCheck: "task_states",
        ProgressDeadline: 0,
      },
      ReschedulePolicy: {
        Attempts: 0,
        Delay: 30_000_000_000,
        DelayFunction: "exponential",
        Interval: 0,
        MaxDelay: 3_600_000_000_000,
        Unlimited: true,
      },
      Disconnect: { LostAfter: 60_000_000_000, Replace: null, Reconcile: "", StopOnClientAfter: null },
      RestartPolicy: { Attempts: 2, RenderTemplates: false },
      Networks: null,
      Tasks: [
        {
          Name: "server",
          Driver: "docker",
          Leader: true,
          KillTimeout: 5_000_000_000,
          Config: { image: "api:1", Port_Map: { HTTP: 80 } },
          Env: { API_KEY: "x" },
          Resources: { CPU: 20, MemoryMB: 16, MemoryMaxMB: 0, Networks: null },
          LogConfig: { Disabled: false, MaxFileSizeMB: 10 },
          CSIPluginConfig: null,
        },
      ],
    },
  ],
};

const ALLOCATION = {
  ID: "a",
  Name: "docs.api[0]",
  TaskGroup: "api",
  NodeID: "n",
  DesiredStatus: "run",
  ClientStatus: "unknown",
  CreateTime: 1_700_000_000_123 * 1e6,
  ModifyTime: 1_700_000_001_000 * 1e6,
};

function issuesOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (!isVerdigrisError(error) || error.code !== "invalid_input") throw error;
    return (error.details["issues"] as unknown as { code: string; path: string }[]).map(
      ({ code, path }) => `${code} ${path}`,
    );
  }
  return [];
}

describe("times", () => {
  it.each<[string, number | undefined | null]>([
    ["1970-01-01T00:00:00Z", 0],
    ["2026-11-23T15:59:56.301769531Z", 1_795_449_596_301],
    ["2026-11-23T16:59:56+01:00", 1_795_449_596_000],
    ["2026-11-23T15:29:56.5-00:30", 1_795_449_596_500],
    ["2024-02-29T00:00:00Z", 1_709_164_800_000],
    ["0001-01-01T00:00:00Z", undefined],
    ["2023-02-29T00:00:00Z", null],
    ["2023-13-01T00:00:00Z", null],
    ["yesterday", null],
  ])("%s is %s", (text, expected) => expect(timeOf(text)).toBe(expected));

  it("agree with the engine's own on every day of four centuries", () => {
    for (let day = -40_000; day < 106_000; day += 37) {
      const text = new Date(day * 86_400_000 + 12_345).toISOString();
      expect(timeOf(text)).toBe(Date.parse(text));
    }
  });

  it("nanoseconds become whole milliseconds", () => expect(millisecondsOf(1_999_999)).toBe(1));
});

describe("reading the API's JSON", () => {
  it("a job: fields of the model by name, the rest carried, what the server fills in left out", () => {
    expect(readJob(JOB)).toEqual({
      id: "docs",
      namespace: "default",
      type: "service",
      version: 3,
      createIndex: 10,
      modifyIndex: 42,
      stable: true,
      tag: "golden",
      meta: { OwnerTeam: "a" },
      groups: [
        {
          name: "api",
          count: 2,
          update: {
            maxParallel: 1,
            canary: 2,
            healthyDeadline: 600_000,
            healthCheck: "task_states",
            progressDeadline: 0,
          },
          reschedule: {
            attempts: 0,
            delay: 30_000,
            delayFunction: "exponential",
            interval: 0,
            maxDelay: 3_600_000,
            unlimited: true,
          },
          disconnect: { lostAfter: 60_000 },
          restart: { attempts: 2, renderTemplates: false },
          tasks: [
            {
              name: "server",
              driver: "docker",
              leader: true,
              killTimeout: 5_000,
              config: { image: "api:1", Port_Map: { HTTP: 80 } },
              env: { API_KEY: "x" },
              resources: { cpu: 20, memoryMb: 16, memoryMaxMb: 0 },
              logs: { disabled: false, maxFileSizeMb: 10 },
            },
          ],
        },
      ],
    });
  });

  it("versions come as a list or with diffs; a batch job has no update block", () => {
    expect(readVersions([JOB])).toEqual(readVersions({ Versions: [JOB], Diffs: [{}] }));
    expect(readJob({ ...JOB, Type: "batch" }).groups[0]).not.toHaveProperty("update");
  });

  it("an allocation, with its version beside it or in its job", () => {
    const full = {
      ...ALLOCATION,
      Job: { Version: 1, CreateIndex: 10 },
      DeploymentID: "",
      DeploymentStatus: { Healthy: null, Canary: true, Timestamp: null },
      DesiredTransition: { Migrate: null, Reschedule: true, ForceReschedule: null },
      RescheduleTracker: {
        LastReschedule: "no placement",
        Events: [{ RescheduleTime: 2_000_000, PrevAllocID: "p", PrevNodeID: "m", Delay: 5_000_000 }],
      },
      FollowupEvalID: "later",
      AllocStates: [{ Field: 0, Value: "unknown", Time: "1970-01-01T00:00:07Z" }],
      TaskStates: {
        server: {
          State: "running",
          Failed: false,
          Restarts: 1,
          LastRestart: "1970-01-01T00:00:01Z",
          StartedAt: "0001-01-01T00:00:00Z",
        },
      },
      Metrics: {
        ScoreMetaData: [
          { NodeID: "m", NormScore: 0.1 },
          { NodeID: "n", NormScore: 0.7 },
        ],
      },
    };
    expect(readAllocations([full])).toEqual([
      {
        id: "a",
        name: "docs.api[0]",
        jobVersion: 1,
        jobCreateIndex: 10,
        group: "api",
        nodeId: "n",
        desiredStatus: "run",
        clientStatus: "unknown",
        deploymentStatus: { canary: true },
        desiredTransition: { reschedule: true },
        reschedule: {
          events: [{ at: 2, previousAllocationId: "p", previousNodeId: "m", delay: 5 }],
          last: "no_placement",
        },
        followUpEvaluationId: "later",
        clientStatusHistory: [{ status: "unknown", at: 7_000 }],
        taskStates: { server: { state: "running", failed: false, restarts: 1, lastRestartAt: 1_000 } },
        score: 0.7,
        createdAt: 1_700_000_000_123,
        modifiedAt: 1_700_000_001_000,
      },
    ]);
    expect(readAllocations([{ ...ALLOCATION, JobVersion: 4, JobCreateIndex: 10 }])[0]).toMatchObject({
      jobVersion: 4,
    });
  });

  it("nodes drain by flag or by strategy", () => {
    const nodes = [
      { ID: "n", Status: "ready", Drain: true },
      { ID: "m", Status: "down", DrainStrategy: { Deadline: 1 } },
      { ID: "o", Status: "disconnected", Drain: false, DrainStrategy: null },
    ];
    expect(readNodes(nodes)).toEqual([
      { id: "n", status: "ready", draining: true },
      { id: "m", status: "down", draining: true },
      { id: "o", status: "disconnected" },
    ]);
  });

  it("tells everything that is not what it should be, with its path", () => {
    expect(issuesOf(() => readVersions({ http: 404, error: "job not found" }))).toEqual([
      "not_a_list $.Versions",
    ]);
    expect(issuesOf(() => readJob({ ...JOB, Type: "system" }))).toEqual(["unknown_word $.Type"]);
    expect(
      issuesOf(() =>
        readAllocations([
          { ...ALLOCATION, ClientStatus: "dead", DeploymentStatus: { Healthy: 1 }, CreateTime: -1 },
        ]),
      ),
    ).toEqual([
      "missing $[0].JobVersion",
      "missing $[0].JobCreateIndex",
      "unknown_word $[0].ClientStatus",
      "wrong_type $[0].DeploymentStatus.Healthy",
      "wrong_type $[0].CreateTime",
    ]);
    expect(
      issuesOf(() =>
        readDeployments([
          {
            ID: "d",
            JobID: "j",
            JobVersion: 0,
            JobCreateIndex: 1,
            JobModifyIndex: 1.5,
            Status: "running",
            CreateIndex: 1,
            TaskGroups: { api: { PlacedCanaries: [1], RequireProgressBy: "soon" } },
          },
        ]),
      ),
    ).toEqual([
      "wrong_type $[0].JobModifyIndex",
      "not_a_time $[0].TaskGroups.api.RequireProgressBy",
      "wrong_type $[0].TaskGroups.api.PlacedCanaries",
    ]);
    expect(issuesOf(() => readNodes("none"))).toEqual(["not_a_list $"]);
  });
});
