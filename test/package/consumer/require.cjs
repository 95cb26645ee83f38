const assert = require("node:assert/strict");
const { emptyJobState, reconcile, submit } = require("verdigris");
const { preview } = require("verdigris/explain");
const { readJob } = require("verdigris/nomad");
const { jobStatus } = require("verdigris/render");
const { createWorld } = require("verdigris/simulate");
const { explore } = require("verdigris/testing");
const { job } = require("./job.cjs");

const plan = reconcile({ versions: [job], allocations: [], deployments: [], now: 0, evaluationId: "eval-1" });
assert.equal(plan.groups.web.place, 2);
assert.equal(typeof readJob, "function");
assert.match(jobStatus(submit(emptyJobState(), { job, now: 0 }).state), /Status += pending/);
assert.equal(preview(emptyJobState(), { kind: "submit", job }, { now: 0 }).checkIndex, 0);
assert.equal(createWorld({ seed: 1, nodes: [], script: [] }).now, 0);
assert.equal(typeof explore, "function");
