import { ownGroup } from "../../lifecycle/index.js";
import type { TaskState } from "../../model/index.js";
import type { Instance } from "../world.js";
import type { Deed } from "./agenda.js";
import { report } from "./network.js";
import type { Run } from "./run.js";
import { tell } from "./tell.js";

/** An allocation does something on its node, if it is still there to do it. */
export function act(run: Run, allocationId: string, deed: Deed): void {
  const instance = run.instances.get(allocationId);
  if (instance === undefined || run.nodes.get(instance.nodeId)?.isAlive !== true) return;
  switch (deed) {
    case "start":
      start(run, instance);
      break;
    case "crash":
      end(run, instance, "failed");
      break;
    case "exit":
    case "stop":
      end(run, instance, "complete");
      break;
    case "report_healthy":
      reportHealthy(run, instance);
      break;
  }
}

function start(run: Run, instance: Instance): void {
  if (instance.status !== "pending") return;
  const { now } = run;
  const behaviour = run.behaviours[instance.behaviour];
  const running = {
    ...instance,
    status: "running" as const,
    taskStates: all(instance, { state: "running", startedAt: now }),
  };
  run.instances.set(
    instance.allocationId,
    behaviour?.failsChecks === true
      ? { ...running, checks: { health: { status: "failure", since: now } } }
      : running,
  );
  report(run, instance.allocationId);
  const { allocationId } = instance;
  const loop = run.fault("crash_loop", (fault) => isMeant(run, instance, fault));
  const crashAfter = loop?.after ?? behaviour?.crashAfter;
  if (crashAfter !== undefined) {
    run.plan({ kind: "deed", allocationId, deed: "crash" }, now + run.duration(crashAfter));
  }
  if (behaviour?.exitAfter !== undefined) {
    run.plan({ kind: "deed", allocationId, deed: "exit" }, now + run.duration(behaviour.exitAfter));
  }
  if (behaviour?.reportedHealthyAfter !== undefined) {
    const at = now + run.duration(behaviour.reportedHealthyAfter);
    run.plan({ kind: "deed", allocationId, deed: "report_healthy" }, at);
  }
}

function isMeant(
  run: Run,
  { jobId, allocationId }: Instance,
  fault: { readonly jobId?: string; readonly versions?: readonly number[] },
): boolean {
  if (fault.jobId !== undefined && fault.jobId !== jobId) return false;
  if (fault.versions === undefined) return true;
  const allocation = run.job(jobId).state.allocations.find(({ id }) => id === allocationId);
  return allocation !== undefined && fault.versions.includes(allocation.jobVersion);
}

function end(run: Run, instance: Instance, status: "failed" | "complete"): void {
  if (instance.status !== "running" && !(instance.status === "pending" && status === "complete")) return;
  const dead: TaskState = { state: "dead", failed: status === "failed", finishedAt: run.now };
  run.instances.set(instance.allocationId, { ...instance, status, taskStates: all(instance, dead) });
  report(run, instance.allocationId);
}

/** All of its tasks are so; when they started stays known. */
function all({ taskStates }: Instance, state: TaskState): Instance["taskStates"] {
  return Object.fromEntries(Object.entries(taskStates).map(([task, was]) => [task, { ...was, ...state }]));
}

/** Somebody looks at it and says that it is healthy, if its deployment still asks. */
function reportHealthy(run: Run, { jobId, allocationId, status }: Instance): void {
  const { state } = run.job(jobId);
  const allocation = state.allocations.find(({ id }) => id === allocationId);
  if (status !== "running" || allocation?.deploymentId === undefined) return;
  if (allocation.deploymentStatus?.healthy !== undefined) return;
  if (ownGroup(state.versions, allocation)?.update?.healthCheck !== "manual") return;
  tell(run, jobId, {
    kind: "report_health",
    now: run.now,
    deploymentId: allocation.deploymentId,
    healthy: [allocationId],
  });
}
