import { describe, expect, it } from "vitest";
import {
  type ErrorCode,
  emptyJobState,
  type JobEvent,
  type JobState,
  planHash,
  stopJob,
  transition,
} from "../../../src/index.js";
import { aDeployment, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { aPlace, aPlan, aState, aStop, canarying, deeplyFrozen, refusalOf, rolling } from "./a-state.js";

interface Refusal {
  readonly what: string;
  readonly code: ErrorCode;
  readonly state?: JobState;
  readonly event: JobEvent;
  readonly details: object;
  /** What the message must say: what is wrong, or what would be right. */
  readonly tells: RegExp;
}

const now = NOW;
const of = { deploymentId: "deploy-1", now } as const;
const state = aState();
const specification = { id: "shop", type: "service", groups: [aGroup()] } as const;
const two = aState({ versions: [aJob({ tag: "old" }), aJob({ version: 1, modifyIndex: 20, priority: 60 })] });
const ended = canarying({ deployment: { status: "failed" } });
const purged = stopJob(state, { purge: true, now }).state;
const withNodes = aState({ nodes: [{ id: "node-gone", status: "gone" }] });
const stopped = aState({
  allocations: [anAllocation(0, { desiredStatus: "stop", clientStatus: "complete" })],
});

const place = { plan: aPlan(state, { actions: [aPlace(3)] }), now } as const;
const found = { placement: "web/3", allocationId: "new", nodeId: "node-1" };

const REFUSALS: readonly Refusal[] = [
  // About the job.
  {
    what: "an event before the first submit",
    code: "unknown_job",
    state: emptyJobState(),
    event: { kind: "stop_job", now },
    details: {},
    tells: /does not exist.*Submit it first/,
  },
  {
    what: "a scale after a purge",
    code: "unknown_job",
    state: purged,
    event: { kind: "scale", group: "web", count: 1, now },
    details: {},
    tells: /purged/,
  },
  {
    what: "a revert after a purge",
    code: "unknown_job",
    state: purged,
    event: { kind: "revert", to: { version: 0 }, now },
    details: {},
    tells: /purged/,
  },
  {
    what: "another job's specification",
    code: "foreign_job",
    event: { kind: "submit", job: { ...specification, id: "shoe" }, now },
    details: { jobId: "shoe", expected: "shop" },
    tells: /"shop".*"shoe"/,
  },
  {
    what: "another namespace's specification",
    code: "foreign_job",
    event: { kind: "submit", job: { ...specification, namespace: "prod" }, now },
    details: { jobId: "shop" },
    tells: /"default".*"prod"/,
  },
  {
    what: "another type",
    code: "type_changed",
    event: { kind: "submit", job: { ...specification, type: "batch" }, now },
    details: { from: "service", to: "batch" },
    tells: /Purge it first, or choose another id/,
  },
  {
    what: "a specification that breaks rules",
    code: "invalid_job",
    event: { kind: "submit", job: { ...specification, priority: 101, groups: [aGroup({ tasks: [] })] }, now },
    details: { issues: [{ path: "$.priority" }, { path: "$.groups[0].tasks" }] },
    tells: /\$\.priority: .*1 to 100.*\$\.groups\[0\]\.tasks: .*at least one task/,
  },
  {
    what: "a check-index that the job has left behind",
    code: "stale_check_index",
    event: { kind: "submit", job: specification, checkIndex: 9, now },
    details: { given: 9, current: 10 },
    tells: /9.*10.*Look at it again/,
  },
  {
    what: "check-index 0 for a job that exists",
    code: "stale_check_index",
    event: { kind: "submit", job: specification, checkIndex: 0, now },
    details: { given: 0, current: 10 },
    tells: /0.*10/,
  },
  {
    what: "a check-index for a job that does not exist",
    code: "stale_check_index",
    state: emptyJobState(),
    event: { kind: "submit", job: specification, checkIndex: 7, now },
    details: { given: 7, current: 0 },
    tells: /7.*0 is right for a job that is new/,
  },
  {
    what: "a scale with an old check-index",
    code: "stale_check_index",
    event: { kind: "scale", group: "web", count: 4, checkIndex: 9, now },
    details: { given: 9, current: 10 },
    tells: /9.*10/,
  },
  {
    what: "scaling an unknown group",
    code: "unknown_group",
    event: { kind: "scale", group: "wep", count: 4, now },
    details: { group: "wep" },
    tells: /"wep".*it has "web"/,
  },
  ...[-1, 1.5, Number.NaN].map(
    (count): Refusal => ({
      what: `scaling to ${count}`,
      code: "bad_number",
      event: { kind: "scale", group: "web", count, now },
      details: { group: "web", value: String(count) },
      tells: /whole number, 0 or more/,
    }),
  ),
  ...(["running", "paused"] as const).map(
    (status): Refusal => ({
      what: `scaling while a deployment is ${status}`,
      code: "deployment_active",
      state: aState({ deployments: [aDeployment({ status })] }),
      event: { kind: "scale", group: "web", count: 4, now },
      details: { deploymentId: "deploy-0", status },
      tells: /wait for its end/,
    }),
  ),
  {
    what: "reverting to an unknown version",
    code: "unknown_version",
    state: two,
    event: { kind: "revert", to: { version: 7 }, now },
    details: { jobVersion: 7 },
    tells: /no version 7; known are 0, 1/,
  },
  {
    what: "reverting to an unknown tag",
    code: "unknown_tag",
    state: two,
    event: { kind: "revert", to: { tag: "gold" }, now },
    details: { tag: "gold" },
    tells: /"gold"/,
  },
  {
    what: "reverting to the current version",
    code: "already_current",
    state: two,
    event: { kind: "revert", to: { version: 1 }, now },
    details: { version: 1 },
    tells: /name an earlier one/,
  },
  {
    what: "a revert that was meant for another version",
    code: "prior_version_differs",
    state: two,
    event: { kind: "revert", to: { version: 0 }, enforcePriorVersion: 0, now },
    details: { expected: 0, current: 1 },
    tells: /is 1; .*for 0.*Look at the job again/,
  },
  {
    what: "tagging an unknown version",
    code: "unknown_version",
    state: two,
    event: { kind: "tag", version: 7, tag: "x", now },
    details: { jobVersion: 7 },
    tells: /no version 7/,
  },
  {
    what: "giving away a tag that another version bears",
    code: "tag_taken",
    state: two,
    event: { kind: "tag", version: 1, tag: "old", now },
    details: { tag: "old", version: 0 },
    tells: /Version 0 .*take it away first, or choose another/,
  },
  {
    what: "taking away a tag that nobody bears",
    code: "unknown_tag",
    state: two,
    event: { kind: "untag", tag: "gold", now },
    details: { tag: "gold" },
    tells: /"gold"/,
  },

  // About plans.
  {
    what: "a plan made from another state",
    code: "stale_plan",
    state: { ...state, index: 53 },
    event: { kind: "apply_plan", ...place, placements: [found] },
    details: { madeFrom: 50, index: 53 },
    tells: /50.*53 now.*Reconcile again/,
  },
  {
    what: "another plan than the one that was asked for",
    code: "other_plan",
    event: { kind: "apply_plan", ...place, planHash: "agreed" },
    details: { asked: "agreed", given: planHash(place.plan) },
    tells: /something else than what was asked for\. Preview again/,
  },
  {
    what: "a placement of which nothing is said",
    code: "missing_placement",
    event: { kind: "apply_plan", ...place },
    details: { placement: "web/3" },
    tells: /"web\/3".*Say its allocation and node, or `noRoom: true`/,
  },
  {
    what: "a placement that the plan does not have",
    code: "unknown_placement",
    event: { kind: "apply_plan", ...place, placements: [found, { ...found, placement: "web/9" }] },
    details: { placement: "web/9" },
    tells: /each of the plan's is said once/,
  },
  {
    what: "a placement said twice",
    code: "unknown_placement",
    event: { kind: "apply_plan", ...place, placements: [found, { placement: "web/3", noRoom: true }] },
    details: { placement: "web/3" },
    tells: /said twice/,
  },
  {
    what: "a placement on a node that is gone",
    code: "unknown_node",
    state: withNodes,
    event: { kind: "apply_plan", ...place, placements: [{ ...found, nodeId: "node-gone" }] },
    details: { nodeId: "node-gone", placement: "web/3" },
    tells: /"node-gone".*name one that does, or say `noRoom: true`/,
  },
  {
    what: "a new allocation under an id that is borne",
    code: "duplicate_allocation",
    event: { kind: "apply_plan", ...place, placements: [{ ...found, allocationId: "allocation-1" }] },
    details: { id: "allocation-1", placement: "web/3" },
    tells: /an id is borne once/,
  },
  {
    what: "a plan about an allocation that is not there",
    code: "unknown_allocation",
    event: { kind: "apply_plan", plan: aPlan(state, { actions: [aStop("allocation-9")] }), now },
    details: { allocationId: "allocation-9" },
    tells: /"allocation-9".*made from another one/,
  },

  // About allocations.
  ...(
    [
      { kind: "update_clients", updates: [{ allocationId: "ghost" }], now },
      { kind: "stop_allocation", allocationId: "ghost", now },
      { kind: "migrate", allocationIds: ["allocation-0", "ghost"], now },
    ] as const
  ).map(
    (event): Refusal => ({
      what: `${event.kind} of an unknown allocation`,
      code: "unknown_allocation",
      event,
      details: { allocationId: "ghost" },
      tells: /no allocation "ghost"/,
    }),
  ),
  {
    what: "a report that revives an allocation",
    code: "allocation_terminal",
    state: stopped,
    event: {
      kind: "update_clients",
      updates: [{ allocationId: "allocation-0", clientStatus: "running" }],
      now,
    },
    details: { allocationId: "allocation-0", clientStatus: "complete", reported: "running" },
    tells: /complete: it never becomes running again/,
  },
  ...(
    [
      { kind: "stop_allocation", allocationId: "allocation-0", now },
      { kind: "migrate", allocationIds: ["allocation-0"], now },
    ] as const
  ).map(
    (event): Refusal => ({
      what: `${event.kind} of one that ended`,
      code: "allocation_terminal",
      state: stopped,
      event,
      details: { allocationId: "allocation-0", clientStatus: "complete", desiredStatus: "stop" },
      tells: /complete.*stop/,
    }),
  ),
  {
    what: "a migration of nobody",
    code: "nothing_named",
    event: { kind: "migrate", allocationIds: [], now },
    details: {},
    tells: /name at least one/,
  },

  // About deployments.
  ...(["report_health", "promote", "pause", "resume", "fail"] as const).flatMap((kind): Refusal[] => [
    {
      what: `${kind} of an unknown deployment`,
      code: "unknown_deployment",
      state: rolling(),
      event: { kind, ...of, healthy: ["allocation-0"] } as JobEvent,
      details: { deploymentId: "deploy-1" },
      tells: /no deployment "deploy-1"; the job has "deploy-0"/,
    },
    {
      what: `${kind} of a deployment that ended`,
      code: "deployment_terminal",
      state: ended,
      event: { kind, ...of, healthy: ["canary-0"] } as JobEvent,
      details: { deploymentId: "deploy-1", status: "failed" },
      tells: /is failed.*Submit the job again/,
    },
  ]),
  {
    what: "a health report about nobody",
    code: "nothing_named",
    state: canarying(),
    event: { kind: "report_health", ...of, healthy: [] },
    details: {},
    tells: /name at least one/,
  },
  {
    what: "a health report that contradicts itself",
    code: "contradictory_health",
    state: canarying(),
    event: { kind: "report_health", ...of, healthy: ["canary-0"], unhealthy: ["canary-0"] },
    details: { allocationId: "canary-0" },
    tells: /"canary-0".*it is one of them/,
  },
  {
    what: "a health report about an unknown allocation",
    code: "unknown_allocation",
    state: canarying(),
    event: { kind: "report_health", ...of, unhealthy: ["ghost"] },
    details: { allocationId: "ghost" },
    tells: /no allocation "ghost"/,
  },
  {
    what: "a health report about another deployment's allocation",
    code: "foreign_allocation",
    state: canarying(),
    event: { kind: "report_health", ...of, healthy: ["canary-0", "allocation-1"] },
    details: { allocationId: "allocation-1", deploymentId: "deploy-1" },
    tells: /"allocation-1".*"deploy-1"/,
  },
  {
    what: "promoting an unknown group",
    code: "unknown_group",
    state: canarying(),
    event: { kind: "promote", ...of, groups: ["web", "wep"] },
    details: { deploymentId: "deploy-1", group: "wep" },
    tells: /no group "wep"; it has "web"/,
  },
  {
    what: "promoting no group",
    code: "nothing_named",
    state: canarying(),
    event: { kind: "promote", ...of, groups: [] },
    details: {},
    tells: /name some, or leave `groups` out/,
  },
  {
    what: "promoting what wants no canaries",
    code: "nothing_to_promote",
    state: canarying({ group: { desiredCanaries: 0 } }),
    event: { kind: "promote", ...of },
    details: { deploymentId: "deploy-1" },
    tells: /nothing to promote/,
  },
  {
    what: "promoting canaries that are not healthy",
    code: "canaries_not_healthy",
    state: canarying({ group: { desiredCanaries: 2 } }),
    event: { kind: "promote", ...of },
    details: { deploymentId: "deploy-1", groups: [{ group: "web", have: 1, need: 2 }] },
    tells: /"web" has 1 of 2.*Wait for them/,
  },

  // About time.
  ...[-1, 0.5, Number.NaN].map(
    (time): Refusal => ({
      what: `a time that is ${time}`,
      code: "bad_number",
      event: { kind: "tick", now: time },
      details: { value: String(time) },
      tells: /whole number of milliseconds/,
    }),
  ),
];

describe("an event that is not allowed", () => {
  it.each(REFUSALS)("is refused with a code, numbers and words: $what", (row) => {
    const before = row.state ?? state;
    const frozen = deeplyFrozen(structuredClone(before));
    const refusal = refusalOf(() => transition(frozen, deeplyFrozen(structuredClone(row.event))));
    expect(refusal.code).toBe(row.code);
    expect(refusal.details).toMatchObject(row.details);
    expect(refusal.message).toMatch(row.tells);
    expect(refusal.message).toMatch(/^\S+( \S+){4,}$/);
    expect(frozen).toEqual(before);
  });

  it("has every code that the lifecycle refuses with", () => {
    const codes: readonly ErrorCode[] = [
      "allocation_terminal",
      "already_current",
      "bad_number",
      "canaries_not_healthy",
      "contradictory_health",
      "deployment_active",
      "deployment_terminal",
      "duplicate_allocation",
      "foreign_allocation",
      "foreign_job",
      "invalid_job",
      "missing_placement",
      "nothing_named",
      "nothing_to_promote",
      "other_plan",
      "prior_version_differs",
      "stale_check_index",
      "stale_plan",
      "tag_taken",
      "type_changed",
      "unknown_allocation",
      "unknown_deployment",
      "unknown_group",
      "unknown_job",
      "unknown_node",
      "unknown_placement",
      "unknown_tag",
      "unknown_version",
    ];
    expect([...new Set(REFUSALS.map(({ code }) => code))].sort()).toEqual(codes);
  });
});
