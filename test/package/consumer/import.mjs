import assert from "node:assert/strict";
import { reconcile } from "verdigris";
import { readJob } from "verdigris/nomad";
import { job } from "./job.cjs";

const plan = reconcile({ versions: [job], allocations: [], deployments: [], now: 0, evaluationId: "eval-1" });
assert.deepEqual(
  plan.actions.map(({ kind, name }) => `${kind} ${name}`),
  ["place shop.web[0]", "place shop.web[1]"],
);
assert.equal(typeof readJob, "function");
