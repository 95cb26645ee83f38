import { ownGroup } from "../../lifecycle/index.js";
import { isClientTerminal, type Node } from "../../model/index.js";
import type { NodeSpecification } from "../scenario/world-event.js";
import type { WorldNode } from "../world.js";
import { report } from "./network.js";
import type { Run } from "./run.js";
import { tell } from "./tell.js";

/** A machine dies, and what runs there with it; or only nobody hears of it any more. */
export function fallSilent(run: Run, nodeId: string, dies: boolean): void {
  const node = run.nodes.get(nodeId);
  if (node === undefined || node.silentSince !== undefined) return;
  run.nodes.set(nodeId, { ...node, isAlive: !dies, silentSince: run.now });
  run.plan({ kind: "miss", nodeId, since: run.now }, run.now + run.heartbeat);
}

/** Its heartbeats stayed out: it counts as disconnected if somebody there can wait for it, else as down. */
export function miss(run: Run, nodeId: string, since: number): void {
  const node = run.nodes.get(nodeId);
  if (node?.silentSince !== since) return;
  become(run, { ...node, status: isWaitedFor(run, nodeId) ? "disconnected" : "down" });
}

function isWaitedFor(run: Run, nodeId: string): boolean {
  for (const { state } of run.jobs.values()) {
    for (const one of state.allocations) {
      if (one.nodeId !== nodeId || isClientTerminal(one)) continue;
      if ((ownGroup(state.versions, one)?.disconnect?.lostAfter ?? 0) > 0) return true;
    }
  }
  return false;
}

/** It is as new; its clients say what became of what ran there. */
export function comeBack(run: Run, nodeId: string): void {
  const node = run.nodes.get(nodeId);
  if (node === undefined) return;
  const { silentSince: _, draining: __, ...others } = node;
  const wasDead = !node.isAlive;
  become(run, { ...others, isAlive: true, status: "ready" });
  for (const instance of [...run.instances.values()]) {
    if (instance.nodeId !== nodeId) continue;
    if (wasDead && instance.status === "running") {
      const taskStates = Object.fromEntries(
        Object.entries(instance.taskStates).map(([task, was]) => [
          task,
          { ...was, state: "dead" as const, failed: true, finishedAt: run.now },
        ]),
      );
      run.instances.set(instance.allocationId, { ...instance, status: "failed", taskStates });
    } else if (wasDead && instance.status === "pending") {
      run.plan({ kind: "deed", allocationId: instance.allocationId, deed: "start" }, run.now);
    }
    const { allocationId, jobId } = instance;
    const allocation = run.job(jobId).state.allocations.find(({ id }) => id === allocationId);
    if (allocation !== undefined && allocation.desiredStatus !== "run") {
      run.plan({ kind: "deed", allocationId, deed: "stop" }, run.now);
    }
    report(run, allocationId);
  }
  run.plan({ kind: "room" }, run.now);
}

export function remove(run: Run, nodeId: string): void {
  const node = run.nodes.get(nodeId);
  if (node === undefined) return;
  for (const instance of [...run.instances.values()]) {
    if (instance.nodeId === nodeId) run.instances.delete(instance.allocationId);
  }
  become(run, { ...node, status: "gone", isAlive: false, silentSince: node.silentSince ?? run.now });
}

export function join(run: Run, node: NodeSpecification): void {
  run.nodes.set(node.id, { ...node, status: "ready", isAlive: true });
  run.plan({ kind: "room" }, run.now);
}

/** It takes nothing more, and the drainer moves away what is there. */
export function drain(run: Run, nodeId: string, deadline: number | undefined): void {
  const node = run.nodes.get(nodeId);
  if (node === undefined) return;
  become(run, { ...node, draining: deadline === undefined ? {} : { deadline: run.now + deadline } });
  run.plan({ kind: "drain" }, run.now);
}

/** Every job that it concerns learns of it. */
function become(run: Run, node: WorldNode): void {
  run.nodes.set(node.id, node);
  const told: Node = {
    id: node.id,
    status: node.status,
    ...(node.draining === undefined ? {} : { draining: true }),
  };
  for (const { jobId, state } of [...run.jobs.values()]) {
    const knows = (state.nodes ?? []).some(({ id }) => id === node.id);
    const lives = state.allocations.some((one) => one.nodeId === node.id && !isClientTerminal(one));
    if (knows || lives) tell(run, jobId, { kind: "update_node", now: run.now, node: told });
  }
}
