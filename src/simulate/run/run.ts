import type { JobState, transition } from "../../lifecycle/index.js";
import { emptyJobState } from "../../lifecycle/index.js";
import { type Allocation, isTerminal } from "../../model/index.js";
import type { ReconcilePolicy, reconcile } from "../../reconcile/index.js";
import type { Behaviour, Duration } from "../scenario/behaviour.js";
import type { Fault, FaultOf } from "../scenario/fault.js";
import type { Watcher } from "../watch/watcher.js";
import type { Instance, World, WorldJob, WorldNode } from "../world.js";
import { Agenda, type Due, type Todo } from "./agenda.js";
import type { Placer } from "./placer.js";
import { draw } from "./random.js";
import { needsOf } from "./resources.js";

/** Who decides, and who looks on. */
export interface RunSettings {
  readonly reconcile: typeof reconcile;
  readonly transition: typeof transition;
  readonly placer: Placer;
  readonly policy: ReconcilePolicy | undefined;
  readonly watchers: readonly Watcher[];
}

/** What the allocations of a node take of it. */
interface Usage {
  cpu: number;
  memory: number;
}

/**
 * A world while it advances: the same things, in maps that are changed in place and never leave. A world is unpacked
 * when it begins to advance, and packed again when it stops.
 */
export class Run {
  now: number;
  readonly settings: RunSettings;
  readonly start: number;
  readonly jobs: Map<string, WorldJob>;
  readonly nodes: Map<string, WorldNode>;
  readonly instances: Map<string, Instance>;
  readonly agenda: Agenda;
  readonly #usage = new Map<string, Usage>();
  readonly #setting: World["setting"];
  #random: number;
  #order: number;

  constructor(world: World, settings: RunSettings) {
    this.now = world.now;
    this.start = world.start;
    this.settings = settings;
    this.jobs = new Map(world.jobs.map((job) => [job.jobId, job]));
    this.nodes = new Map(world.nodes.map((node) => [node.id, node]));
    this.instances = new Map(world.instances.map((instance) => [instance.allocationId, instance]));
    this.agenda = new Agenda(world.agenda);
    this.#setting = world.setting;
    this.#random = world.random;
    this.#order = world.order;
    for (const { state } of world.jobs) {
      for (const allocation of state.allocations)
        if (!isTerminal(allocation)) this.occupy(state, allocation, 1);
    }
  }

  /** The world as it is now. */
  pack(): World {
    return {
      now: this.now,
      start: this.start,
      random: this.#random,
      order: this.#order,
      jobs: [...this.jobs.values()],
      nodes: [...this.nodes.values()],
      instances: [...this.instances.values()],
      agenda: this.agenda.list().filter((due) => !this.isOverdue(due)),
      setting: this.#setting,
    };
  }

  /** An appointment for a tick that was made before the job wanted another one. */
  isOverdue({ at, todo }: Due): boolean {
    return todo.kind === "tick" && this.job(todo.jobId).tickAt !== at;
  }

  plan(todo: Todo, at: number): void {
    this.agenda.add({ at, order: this.#order++, todo });
  }

  /** The job; one that nobody spoke of before is new. */
  job(jobId: string): WorldJob {
    return this.jobs.get(jobId) ?? { jobId, state: emptyJobState(), evaluations: 0, placed: 0 };
  }

  setJob(job: WorldJob): void {
    this.jobs.set(job.jobId, job);
  }

  /** An allocation takes room on its node, or gives it back. */
  occupy(state: JobState, allocation: Allocation, times: 1 | -1): void {
    const usage = this.#usage.get(allocation.nodeId) ?? { cpu: 0, memory: 0 };
    this.#usage.set(allocation.nodeId, usage);
    const needs = needsOf(state, allocation);
    usage.cpu += times * needs.cpu;
    usage.memory += times * needs.memory;
  }

  /** What is left of a node. */
  freeOn({ id, cpu = Number.POSITIVE_INFINITY, memory = Number.POSITIVE_INFINITY }: WorldNode): Usage {
    const usage = this.#usage.get(id);
    return { cpu: cpu - (usage?.cpu ?? 0), memory: memory - (usage?.memory ?? 0) };
  }

  get behaviours(): readonly Behaviour[] {
    return this.#setting.behaviours ?? [];
  }

  latency(of: "evaluation" | "report"): number {
    return this.#setting.latencies?.[of] ?? 0;
  }

  get heartbeat(): number {
    return this.#setting.latencies?.heartbeat ?? 10_000;
  }

  /** Whether something with this chance happens; nothing is drawn where it is certain. */
  happens(chance: number): boolean {
    if (chance >= 1) return true;
    return chance > 0 && this.#draw() < chance;
  }

  duration(of: Duration): number {
    if (typeof of === "number") return of;
    return of.from + Math.floor(this.#draw() * (of.to - of.from + 1));
  }

  /** The first fault of that kind that is there now, and happens. */
  fault<K extends Fault["kind"]>(kind: K, isMeant?: (fault: FaultOf<K>) => boolean): FaultOf<K> | undefined {
    const since = this.now - this.start;
    return (this.#setting.faults ?? []).find((fault): fault is FaultOf<K> => {
      if (fault.kind !== kind || since < (fault.from ?? 0)) return false;
      if (fault.to !== undefined && since >= fault.to) return false;
      if (isMeant !== undefined && !isMeant(fault as FaultOf<K>)) return false;
      return this.happens("chance" in fault ? fault.chance : 1);
    });
  }

  #draw(): number {
    const [value, next] = draw(this.#random);
    this.#random = next;
    return value;
  }
}
