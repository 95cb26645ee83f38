import { type JobEvent, transition } from "../../lifecycle/index.js";
import { type ReconcilePolicy, reconcile } from "../../reconcile/index.js";
import type { Request, WorldEvent } from "../scenario/world-event.js";
import type { Watcher } from "../watch/watcher.js";
import type { World } from "../world.js";
import type { Todo } from "./agenda.js";
import { act } from "./deeds.js";
import { look, offerRoom } from "./drainer.js";
import { comeBack, drain, fallSilent, join, miss, remove } from "./machines.js";
import { deliver, report } from "./network.js";
import { type Placer, spread } from "./placer.js";
import { Run } from "./run.js";
import { apply, evaluate } from "./scheduler.js";
import { tell, tick } from "./tell.js";

/** Who decides in a world, and who looks on. @public */
export interface AdvanceOptions {
  /** Where placements go. Default: {@link spread}. */
  readonly placer?: Placer;
  readonly policy?: ReconcilePolicy;
  readonly watchers?: readonly Watcher[];
  /** Default: this library's; another's is tried in the same world. */
  readonly reconcile?: typeof reconcile;
  readonly transition?: typeof transition;
}

/**
 * The world at a later time, with everything done that is due until then, that moment included. Time jumps from one
 * thing to the next: when nothing happens, nothing is computed.
 *
 * @example
 * ```ts
 * const script = [{ at: 5_000, event: { kind: "tell", jobId: "shop", request: { kind: "submit", job } } }];
 * const world = advance(createWorld({ nodes: [{ id: "node-1" }], script }), 6_000);
 * world.jobs.length; // 1
 * world.now; // 6_000
 * ```
 *
 * @public
 */
export function advance(world: World, to: number, options: AdvanceOptions = {}): World {
  const run = begin(world, options);
  drive(run, to);
  run.now = Math.max(run.now, to);
  return run.pack();
}

/** A world that is about to advance. */
export function begin(world: World, options: AdvanceOptions): Run {
  return new Run(world, {
    reconcile: options.reconcile ?? reconcile,
    transition: options.transition ?? transition,
    placer: options.placer ?? spread,
    policy: options.policy,
    watchers: options.watchers ?? [],
  });
}

/** Does everything that is due until then. */
export function drive(run: Run, to: number): void {
  for (let due = run.agenda.next; due !== undefined && due.at <= to; due = run.agenda.next) {
    run.agenda.take();
    if (run.isOverdue(due)) continue;
    run.now = Math.max(run.now, due.at);
    carryOut(run, due.todo);
  }
}

function carryOut(run: Run, todo: Todo): void {
  switch (todo.kind) {
    case "event":
      happen(run, todo.event);
      break;
    case "evaluate":
      evaluate(run, todo.jobId, todo.evaluationId);
      break;
    case "apply":
      apply(run, todo.jobId, todo.plan);
      break;
    case "tick":
      tick(run, todo.jobId);
      break;
    case "deed":
      act(run, todo.allocationId, todo.deed);
      break;
    case "report":
      report(run, todo.allocationId);
      break;
    case "deliver":
      deliver(run, todo.jobId, todo.update);
      break;
    case "miss":
      miss(run, todo.nodeId, todo.since);
      break;
    case "drain":
      look(run);
      break;
    case "room":
      offerRoom(run);
      break;
  }
}

function happen(run: Run, event: WorldEvent): void {
  switch (event.kind) {
    case "tell":
      tell(run, event.jobId, asEvent(run, event.jobId, event.request));
      break;
    case "node_dies":
      fallSilent(run, event.nodeId, true);
      break;
    case "node_disconnects":
      fallSilent(run, event.nodeId, false);
      break;
    case "node_returns":
      comeBack(run, event.nodeId);
      break;
    case "node_is_removed":
      remove(run, event.nodeId);
      break;
    case "node_joins":
      join(run, event.node);
      break;
    case "node_drains":
      drain(run, event.nodeId, event.deadline);
      break;
  }
}

/** A request with its time; where a deployment is meant and none is named, the latest. */
function asEvent(run: Run, jobId: string, request: Request): JobEvent {
  const { now } = run;
  switch (request.kind) {
    case "promote":
    case "pause":
    case "resume":
    case "fail":
    case "report_health":
      return { ...request, now, deploymentId: request.deploymentId ?? latestDeployment(run, jobId) };
    default:
      return { ...request, now };
  }
}

function latestDeployment(run: Run, jobId: string): string {
  let latest = { id: "", createIndex: -1 };
  for (const one of run.job(jobId).state.deployments) if (one.createIndex > latest.createIndex) latest = one;
  return latest.id;
}
