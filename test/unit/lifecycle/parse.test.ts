import { describe, expect, it } from "vitest";
import {
  emptyJobState,
  isVerdigrisError,
  jobEventSchema,
  jobStateSchema,
  parseJobEvent,
  parseJobState,
  reconcile,
} from "../../../src/index.js";
import { aJob, anAllocation, NOW } from "../a-job.js";
import { aState, canarying, refusalOf, running } from "./a-state.js";

/** Every issue as `code path`. */
function issuesOf(parse: (value: unknown) => unknown, value: unknown): string[] {
  try {
    parse(value);
  } catch (error) {
    if (!isVerdigrisError(error) || error.code !== "invalid_input") throw error;
    const issues = error.details["issues"] as unknown as { code: string; path: string; message: string }[];
    for (const { message } of issues) expect(message).not.toBe("");
    return issues.map(({ code, path }) => `${code} ${path}`);
  }
  return [];
}

const submit = { kind: "submit", job: { id: "shop", type: "service", groups: aJob().groups }, now: NOW };
const followUp = { id: "eval-2", group: "web", at: NOW, cause: "reschedule", allocations: ["allocation-0"] };
const plan = reconcile({ ...aState({ allocations: [] }), now: NOW, evaluationId: "eval-1" });

describe("parseJobState", () => {
  it.each<[string, unknown]>([
    ["an empty one", emptyJobState()],
    ["one that is rolling out", canarying()],
    [
      "one with everything",
      aState({
        nodes: [{ id: "node-1", status: "down", draining: true }],
        followUps: [{ ...followUp, cause: "reschedule" }],
        wakeAt: NOW,
        waitsForRoom: true,
        purged: true,
        allocations: [
          anAllocation(0, {
            taskStates: { main: running(1) },
            checks: { http: { status: "success", since: 1 } },
            clientStatusHistory: [{ status: "unknown", at: 1 }],
            reschedule: {
              events: [{ at: 1, previousAllocationId: "a", previousNodeId: "n", delay: 5 }],
              last: "ok",
            },
          }),
        ],
      }),
    ],
  ])("gives %s back as it is", (_, state) => {
    const parsed = JSON.parse(JSON.stringify(state)) as unknown;
    expect(parseJobState(parsed)).toBe(parsed);
    expect(parsed).toEqual(state);
  });

  it("lists everything that is wrong, each with its path", () => {
    const wrong = {
      index: -1,
      versions: [{ ...aJob(), version: 1.5 }],
      allocations: [anAllocation(0), { ...anAllocation(1), desiredStatus: "pause", nodeId: 7 }],
      nodes: [{ id: "node-1", status: "asleep" }],
      followUps: [{ ...followUp, allocations: [1] }],
      wakeAt: "soon",
      waitsForRoom: false,
    };
    expect(issuesOf(parseJobState, wrong).sort()).toEqual([
      "missing $.deployments",
      "negative $.index",
      "not_a_name $.allocations[1].nodeId",
      "not_a_name $.followUps[0].allocations[0]",
      "not_a_whole_number $.versions[0].version",
      "not_a_whole_number $.wakeAt",
      "not_true $.waitsForRoom",
      "unknown_word $.allocations[1].desiredStatus",
      "unknown_word $.nodes[0].status",
    ]);
  });

  it.each([null, 7, "state", []])("refuses what is no object: %j", (value) => {
    expect(issuesOf(parseJobState, value)).toEqual(["not_an_object $"]);
  });
});

describe("parseJobEvent", () => {
  const at = { now: NOW };
  const of = { deploymentId: "deploy-1", now: NOW };

  it.each<Record<string, unknown>>([
    submit,
    { ...submit, checkIndex: 3 },
    { kind: "stop_job", purge: true, ...at },
    { kind: "scale", group: "web", count: 0, ...at },
    { kind: "revert", to: { version: 0 }, enforcePriorVersion: 1, ...at },
    { kind: "revert", to: { tag: "good" }, ...at },
    {
      kind: "apply_plan",
      plan,
      placements: [
        { placement: "web/0", allocationId: "a", nodeId: "n", score: 0.5 },
        { placement: "web/1", noRoom: true },
      ],
      planHash: "0123",
      ...at,
    },
    {
      kind: "update_clients",
      updates: [{ allocationId: "a", clientStatus: "running", taskStates: { main: running(1) }, checks: {} }],
      ...at,
    },
    { kind: "update_node", node: { id: "node-1", status: "ready" }, ...at },
    { kind: "report_health", healthy: ["a"], unhealthy: ["b"], ...of },
    { kind: "promote", groups: ["web"], ...of },
    { kind: "pause", ...of },
    { kind: "resume", ...of },
    { kind: "fail", ...of },
    { kind: "stop_allocation", allocationId: "a", ...at },
    { kind: "migrate", allocationIds: ["a"], batch: "not_again", ...at },
    { kind: "collect", before: 1, keepDeployments: 2, ...at },
    { kind: "tag", version: 0, tag: "good", ...at },
    { kind: "untag", tag: "good", ...at },
    { kind: "tick", ...at },
  ])("gives a $kind back as it is", (event) => expect(parseJobEvent(event)).toBe(event));

  it.each<[string, unknown, string[]]>([
    ["a kind that is none", { kind: "explode", now: NOW }, ["unknown_word $.kind"]],
    ["no time", { kind: "tick" }, ["missing $.now"]],
    ["a time that is none", { kind: "tick", now: -1 }, ["negative $.now"]],
    ["a misspelt field", { kind: "pause", ...of, froce: true }, ["unknown_key $.froce"]],
    [
      "everything in a specification",
      { ...submit, job: { id: "", type: "system", groups: [{ name: "web", count: "3", tasks: [{}] }] } },
      [
        "not_a_name $.job.id",
        "unknown_word $.job.type",
        "not_a_whole_number $.job.groups[0].count",
        "missing $.job.groups[0].tasks[0].name",
      ],
    ],
    ["a revert to nowhere", { kind: "revert", to: {}, now: NOW }, ["missing $.to.version"]],
    [
      "a placement that says too little",
      { kind: "apply_plan", plan, placements: [{ placement: "web/0" }], now: NOW },
      ["missing $.placements[0].allocationId", "missing $.placements[0].nodeId"],
    ],
    [
      "a placement that found room and did not",
      { kind: "apply_plan", plan, placements: [{ placement: "web/0", noRoom: true, nodeId: "n" }], now: NOW },
      ["unknown_key $.placements[0].nodeId"],
    ],
    [
      "a task state deep in an update",
      {
        kind: "update_clients",
        updates: [{ allocationId: "a", taskStates: { "my task": { state: "asleep" } } }],
        now: NOW,
      },
      ['unknown_word $.updates[0].taskStates["my task"].state'],
    ],
  ])("reports %s", (_, event, issues) => expect(issuesOf(parseJobEvent, event)).toEqual(issues));
});

describe("the same checks as a Standard Schema", () => {
  it("give the value, or the issues with their paths", () => {
    const state = aState();
    expect(jobStateSchema["~standard"].validate(state)).toEqual({ value: state });
    expect(jobEventSchema["~standard"].validate({ kind: "tick" })).toMatchObject({
      issues: [{ path: ["now"] }],
    });
  });

  it("does not list more than anybody reads, however much is wrong", () => {
    const allocations = Array.from({ length: 100_000 }, () => ({}));
    const error = refusalOf(() => parseJobState({ index: 1, versions: [], allocations, deployments: [] }));
    expect(error.code).toBe("invalid_input");
    expect(error.details["issues"]).toHaveLength(1_000);
    expect(error.message).toMatch(/and 997 or more$/);
  });

  it("refuses durations and times whose sum no number holds", () => {
    const of = (lostAfter: number): unknown => ({
      kind: "submit",
      now: 0,
      job: {
        id: "shop",
        type: "service",
        groups: [{ name: "web", count: 1, tasks: [{ name: "main" }], disconnect: { lostAfter } }],
      },
    });
    expect(() => parseJobEvent(of(100_000_000_000_000))).not.toThrow();
    expect(refusalOf(() => parseJobEvent(of(Number.MAX_SAFE_INTEGER))).message).toMatch(/is more than/);
    expect(refusalOf(() => parseJobEvent({ kind: "tick", now: 8_640_000_000_000_001 })).code).toBe(
      "invalid_input",
    );
  });
});
