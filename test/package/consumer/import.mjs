import assert from "node:assert/strict";
import { applyPatches, emptyJobState, reconcile, submit, transition } from "verdigris";
import { explain } from "verdigris/explain";
import { readJob } from "verdigris/nomad";
import { jobStatus } from "verdigris/render";
import { simulate } from "verdigris/simulate";
import { PROPERTIES } from "verdigris/testing";
import { job } from "./job.cjs";

const plan = reconcile({ versions: [job], allocations: [], deployments: [], now: 0, evaluationId: "eval-1" });
assert.deepEqual(
  plan.actions.map(({ kind, name }) => `${kind} ${name}`),
  ["place shop.web[0]", "place shop.web[1]"],
);
assert.equal(typeof readJob, "function");

const { state } = submit(emptyJobState(), { job, now: 0 });
const placements = plan.actions.map(({ placement }, n) => ({
  placement,
  allocationId: `a${n}`,
  nodeId: "n1",
}));
const fresh = reconcile({ ...state, now: 0, evaluationId: "eval-1" });
const applied = transition(state, { kind: "apply_plan", now: 0, plan: fresh, placements });
assert.match(jobStatus(applied.state), /web +0 +2 +0/);

// Whoever asks for patches has enabled nothing.
const { patches, inversePatches } = applied.patches();
assert.deepEqual(applyPatches(state, patches), applied.state);
assert.deepEqual(applyPatches(applied.state, inversePatches), state);

assert.equal(explain(applied.state, 0).phase, "settling");

const script = [{ at: 0, event: { kind: "tell", jobId: job.id, request: { kind: "submit", job } } }];
const run = simulate({ seed: 1, nodes: [{ id: "n1" }], script });
assert.match(jobStatus(run.world.jobs[0].state), /web +0 +0 +2/);

// It is imported without fast-check, which only its caller has.
assert.ok(PROPERTIES.length > 30);
