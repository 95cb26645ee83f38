import { describe, expect, it } from "vitest";
import {
  applyPatches,
  emptyJobState,
  type JobEvent,
  type JobState,
  reconcile,
  transition,
} from "../../../src/index.js";
import { aDeployment, aJob, anAllocation, NOW } from "../a-job.js";
import { aState, canarying, deeplyFrozen, rolling, running, SECOND, withImage } from "./a-state.js";

type Case = readonly [string, JobState, JobEvent];

const now = NOW;
const deploymentId = "deploy-1";
const changed = { id: "shop", type: "service", groups: [withImage("image:9")] } as const;

/** The event that carries the next plan out. */
function planOf(state: JobState): JobEvent {
  const plan = reconcile({ ...state, now, evaluationId: "eval-1" });
  const placements = plan.actions.flatMap((action) =>
    "placement" in action && "name" in action
      ? [{ placement: action.placement, allocationId: `new-${action.placement}`, nodeId: "node-1" }]
      : [],
  );
  return { kind: "apply_plan", plan, placements, now };
}

const missing = aState({ allocations: [anAllocation(1)] });
const updating = aState({
  versions: [
    aJob(),
    aJob({ version: 1, modifyIndex: 20, groups: [withImage("image:2", { update: { maxParallel: 2 } })] }),
  ],
});
const collectable = aState({
  allocations: [
    anAllocation(0),
    anAllocation(1, { desiredStatus: "stop", clientStatus: "complete" }),
    anAllocation(2),
  ],
  deployments: [1, 2, 3, 4].map((n) =>
    aDeployment({ id: `d-${n}`, status: "failed", jobVersion: n, createIndex: n }),
  ),
});

/** One event of each kind that changes something. */
const CASES: readonly Case[] = [
  ["the first submit", emptyJobState(), { kind: "submit", job: changed, now }],
  ["a submit", aState(), { kind: "submit", job: changed, now }],
  ["a stop", aState(), { kind: "stop_job", now }],
  ["a purge", aState({ allocations: [] }), { kind: "stop_job", purge: true, now }],
  ["a scale", aState(), { kind: "scale", group: "web", count: 9, now }],
  ["a revert", updating, { kind: "revert", to: { version: 0 }, now }],
  ["a plan that places", missing, planOf(missing)],
  ["a plan that replaces and makes a deployment", updating, planOf(updating)],
  [
    "a crash",
    aState(),
    { kind: "update_clients", updates: [{ allocationId: "allocation-1", clientStatus: "failed" }], now },
  ],
  ["a node that goes", aState(), { kind: "update_node", node: { id: "node-1", status: "down" }, now }],
  [
    "a health report",
    rolling(),
    { kind: "report_health", deploymentId: "deploy-0", healthy: ["allocation-1"], now },
  ],
  ["a promotion", canarying(), { kind: "promote", deploymentId, now }],
  ["a pause", canarying(), { kind: "pause", deploymentId, now }],
  ["a resume", canarying({ deployment: { status: "paused" } }), { kind: "resume", deploymentId, now }],
  ["a failure that rolls back", canarying(), { kind: "fail", deploymentId, now }],
  ["a stopped allocation", aState(), { kind: "stop_allocation", allocationId: "allocation-1", now }],
  ["a migration", aState(), { kind: "migrate", allocationIds: ["allocation-0", "allocation-2"], now }],
  ["a collection", collectable, { kind: "collect", before: now, keepDeployments: 1, now }],
  ["a tag", aState(), { kind: "tag", version: 0, tag: "good", now }],
  ["an untagging", aState({ versions: [aJob({ tag: "good" })] }), { kind: "untag", tag: "good", now }],
  [
    "a tick",
    { ...rolling({}, [{ createdAt: now, taskStates: { main: running(now - 10 * SECOND) } }]), wakeAt: now },
    { kind: "tick", now },
  ],
];

describe("the patches of a transition", () => {
  it.each(CASES)("lead from the old state to the new one and back: %s", (_, before, event) => {
    const done = transition(before, event);
    expect(done.changed).toBe(true);
    expect(done.state).not.toEqual(before);
    const { patches, inversePatches } = done.patches();
    expect(applyPatches(before, patches)).toEqual(done.state);
    expect(applyPatches(done.state, inversePatches)).toEqual(before);
  });

  it.each(CASES)("are plain JSON, to be stored and sent: %s", (_, before, event) => {
    const done = transition(before, event);
    const patches = JSON.parse(JSON.stringify(done.patches().patches)) as ReturnType<
      typeof done.patches
    >["patches"];
    expect(applyPatches(before, patches)).toEqual(done.state);
  });

  it("say only what changed: one allocation of many", () => {
    const before = aState({ allocations: Array.from({ length: 50 }, (_, n) => anAllocation(n)) });
    const done = transition(before, { kind: "stop_allocation", allocationId: "allocation-7", now });
    const { patches } = done.patches();
    expect(patches.filter(({ path }) => path[0] === "allocations").every(({ path }) => path[1] === 7)).toBe(
      true,
    );
    expect(patches.every(({ path }) => path[0] === "index" || path[0] === "allocations")).toBe(true);
  });

  it("are none where nothing changed", () => {
    const done = transition(aState(), { kind: "tick", now });
    expect(done.patches()).toEqual({ patches: [], inversePatches: [] });
  });
});

describe("a transition", () => {
  it.each(CASES)("accepts a frozen state and leaves it as it was: %s", (_, before, event) => {
    const frozen = deeplyFrozen(structuredClone(before));
    const done = transition(frozen, deeplyFrozen(structuredClone(event)));
    expect(done.state).toEqual(transition(before, event).state);
    expect(frozen).toEqual(before);
  });

  it.each(CASES)("raises the index by one: %s", (_, before, event) => {
    expect(transition(before, event).state.index).toBe(before.index + 1);
  });

  it("shares what it did not touch with the state before", () => {
    const before = canarying();
    const { state } = transition(before, { kind: "promote", deploymentId, now });
    expect(state.versions).toBe(before.versions);
    expect(state.deployments[0]).toBe(before.deployments[0]);
    expect(state.allocations.slice(0, 3).every((one, at) => one === before.allocations[at])).toBe(true);
    expect(state.allocations[3]).not.toBe(before.allocations[3]);
  });

  it("shares allocations that a plan leaves alone", () => {
    const { state } = transition(updating, planOf(updating));
    expect(state.allocations[2]).toBe(updating.allocations[2]);
    expect(state.allocations[0]).not.toBe(updating.allocations[0]);
  });
});
