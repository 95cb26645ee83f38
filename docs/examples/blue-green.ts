import { readFileSync } from "node:fs";
import { type Job, type Plan, parseReconcileInput, type ReconcileInput, reconcile } from "../../src/index.js";
import { readAllocations, readDeployments, readNodes } from "../../src/nomad/index.js";

function json(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

/** The user's job with image 1.3 running, as a real agent reported it, and image 1.4 submitted. */
export function blueGreenInput(): ReconcileInput {
  const specification = json("./docs-job.json") as Pick<Job, "id" | "type" | "groups">;
  const state = json("./blue-green-state.json") as Record<"allocations" | "deployments" | "nodes", unknown>;
  const allocations = readAllocations(state.allocations);
  const deployments = readDeployments(state.deployments);
  const running = deployments[0];
  if (running === undefined) throw new Error("the recorded state has the deployment of version 0");

  const before: Job = {
    ...specification,
    version: running.jobVersion,
    createIndex: running.jobCreateIndex,
    modifyIndex: running.jobModifyIndex,
    stable: true,
  };
  return parseReconcileInput({
    versions: [
      before,
      { ...withImage(before, "api-server:1.4"), version: 1, modifyIndex: 19, stable: false },
    ],
    allocations,
    deployments,
    nodes: readNodes(state.nodes),
    now: Math.max(...allocations.map(({ modifiedAt }) => modifiedAt)) + 1_000,
    evaluationId: "plan-1.4",
  });
}

function withImage(job: Job, image: string): Job {
  const groups = job.groups.map((group) => ({
    ...group,
    tasks: group.tasks.map((task) => ({ ...task, config: { image } })),
  }));
  return { ...job, groups };
}

/** What the change to 1.4 would do. */
export function planBlueGreen(): { readonly input: ReconcileInput; readonly plan: Plan } {
  const input = blueGreenInput();
  return { input, plan: reconcile(input) };
}
