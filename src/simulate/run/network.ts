import type { ClientUpdate } from "../../lifecycle/index.js";
import type { Run } from "./run.js";
import { tell } from "./tell.js";

/** When a node whose report was lost reports again. */
const AGAIN = 5_000;

/** A node reports how an allocation is; the report may be lost, late, or come twice. */
export function report(run: Run, allocationId: string): void {
  const instance = run.instances.get(allocationId);
  if (instance === undefined || !hears(run, instance.nodeId)) return;
  if (run.fault("lost_reports") !== undefined) {
    run.plan({ kind: "report", allocationId }, run.now + AGAIN);
    return;
  }
  const { jobId, status, taskStates, checks } = instance;
  const update: ClientUpdate = {
    allocationId,
    clientStatus: status,
    taskStates,
    ...(checks === undefined ? {} : { checks }),
  };
  const late = run.fault("delayed_reports");
  const after = run.latency("report") + (late === undefined ? 0 : run.duration(late.by));
  if (after === 0) deliver(run, jobId, update);
  else run.plan({ kind: "deliver", jobId, update }, run.now + after);
  const twice = run.fault("duplicated_reports");
  if (twice !== undefined)
    run.plan({ kind: "deliver", jobId, update }, run.now + after + run.duration(twice.after));
}

/** The server learns of it, unless it knows nothing of that allocation any more. */
export function deliver(run: Run, jobId: string, update: ClientUpdate): void {
  const { allocationId, clientStatus } = update;
  const isKnown = run.job(jobId).state.allocations.some(({ id }) => id === allocationId);
  if (isKnown) tell(run, jobId, { kind: "update_clients", now: run.now, updates: [update] });
  const isOver = clientStatus === "complete" || clientStatus === "failed";
  if (isOver || !isKnown) run.instances.delete(allocationId);
}

/** Whether a node and the server hear each other. */
export function hears(run: Run, nodeId: string): boolean {
  const node = run.nodes.get(nodeId);
  return node?.isAlive === true && node.silentSince === undefined;
}
