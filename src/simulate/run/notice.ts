import { type JobState, ownGroup } from "../../lifecycle/index.js";
import { type Allocation, isClientTerminal, isTerminal, type TaskState } from "../../model/index.js";
import { fits } from "../scenario/behaviour.js";
import type { Instance } from "../world.js";
import type { Run } from "./run.js";

const START = 1_000;

/** What nodes take from a changed state: new allocations to start, others to stop; and room that became free. */
export function notice(run: Run, jobId: string, before: JobState, after: JobState): void {
  if (before.allocations === after.allocations) return;
  const was = new Map<string, Allocation>();
  for (const allocation of before.allocations) was.set(allocation.id, allocation);
  let isRoomier = false;
  for (const is of after.allocations) {
    const old = was.get(is.id);
    if (old === is) continue;
    if (old === undefined) {
      run.occupy(after, is, 1);
      begin(run, jobId, after, is);
      continue;
    }
    if (old.desiredStatus === "run" && is.desiredStatus !== "run") askToStop(run, is);
    if (isTerminal(is) && !isTerminal(old)) {
      run.occupy(before, old, -1);
      isRoomier = true;
    }
  }
  if (isRoomier) run.plan({ kind: "room" }, run.now);
}

/** A node is told to start an allocation. */
function begin(run: Run, jobId: string, state: JobState, allocation: Allocation): void {
  const { id: allocationId, nodeId } = allocation;
  const chosen = run.behaviours.findIndex(
    (one) => fits(one, jobId, allocation) && run.happens(one.share ?? 1),
  );
  const tasks = ownGroup(state.versions, allocation)?.tasks ?? [];
  const pending: TaskState = { state: "pending" };
  const instance: Instance = {
    allocationId,
    jobId,
    nodeId,
    status: "pending",
    taskStates: Object.fromEntries(tasks.map(({ name }) => [name, pending])),
    behaviour: chosen,
  };
  run.instances.set(allocationId, instance);
  const behaviour = run.behaviours[chosen];
  if (behaviour?.hangs === true) return;
  const slow = run.fault("slow_start");
  const after =
    run.duration(behaviour?.startAfter ?? START) + (slow === undefined ? 0 : run.duration(slow.by));
  run.plan({ kind: "deed", allocationId, deed: "start" }, run.now + after);
}

/** A node is told to stop one; it takes its time. What is over already need not be stopped. */
function askToStop(run: Run, allocation: Allocation): void {
  const instance = run.instances.get(allocation.id);
  if (instance === undefined || isClientTerminal(allocation)) return;
  const after = run.duration(run.behaviours[instance.behaviour]?.stopAfter ?? 0);
  run.plan({ kind: "deed", allocationId: allocation.id, deed: "stop" }, run.now + after);
}
