import {
  type Allocation,
  type ClientUpdate,
  type Deployment,
  emptyJobState,
  type JobEvent,
  type JobState,
  type PlacementOutcome,
  type Plan,
  reconcile,
  type TaskState,
  type Transition,
  transition,
} from "../../src/index.js";

/** A job event without the time, which the rollout keeps. */
export type Event = JobEvent extends infer E ? (E extends JobEvent ? Omit<E, "now"> : never) : never;

export interface RolloutOptions {
  readonly start?: JobState;
  readonly now?: number;
  /** How many more allocations find room; everything does by default. */
  readonly room?: number;
}

/** More evaluations than any rollout of the stories needs in a row. */
const MOST_EVALUATIONS = 60;

/**
 * A job that lives: events are sent, plans are made and carried out, nodes do what they are asked to. Just enough of an
 * orchestrator to tell a story; everything is decided by the library.
 */
export class Rollout {
  state: JobState;
  now: number;
  /** Every event so far: replaying them gives the same state. */
  readonly events: JobEvent[] = [];
  /** Every state so far. */
  readonly states: JobState[] = [];
  room: number;
  #evaluations = 0;
  #placed = 0;

  constructor({
    start = emptyJobState(),
    now = 1_000_000,
    room = Number.POSITIVE_INFINITY,
  }: RolloutOptions = {}) {
    this.state = start;
    this.now = now;
    this.room = room;
  }

  /** Sends one event; what it asks for is not done yet. */
  send(event: Event): Transition {
    const timed = { ...event, now: this.now } as JobEvent;
    const done = transition(this.state, timed);
    this.state = done.state;
    this.events.push(timed);
    this.states.push(this.state);
    return done;
  }

  /** Sends one event and carries out every plan that follows. */
  tell(event: Event): Transition {
    const done = this.send(event);
    if (done.evaluate !== undefined) this.settle(done.evaluate.evaluationId);
    return done;
  }

  plan(evaluationId: string = `eval-${++this.#evaluations}`): Plan {
    return reconcile({ ...this.state, now: this.now, evaluationId });
  }

  /** Plans and carries plans out until one changes nothing; gives them all. */
  settle(first?: string): Plan[] {
    const plans: Plan[] = [];
    for (let id = first; plans.length < MOST_EVALUATIONS; id = undefined) {
      const plan = this.plan(id);
      plans.push(plan);
      const done = this.send({ kind: "apply_plan", plan, placements: this.place(plan) });
      if (done.evaluate === undefined) return plans;
    }
    throw new Error(`no rest after ${MOST_EVALUATIONS} evaluations`);
  }

  place(plan: Plan): PlacementOutcome[] {
    return plan.actions.flatMap((action): PlacementOutcome[] => {
      if (!("placement" in action && "name" in action)) return [];
      const { placement } = action;
      if (this.room <= 0) return [{ placement, noRoom: true }];
      this.room--;
      const n = this.#placed++;
      return [
        {
          placement,
          allocationId: `allocation-${String(n).padStart(3, "0")}`,
          nodeId: `node-${(n % 3) + 1}`,
        },
      ];
    });
  }

  /** Nodes start what is pending and end what is stopped. */
  clients(): void {
    const running = { state: "running" as const, startedAt: this.now };
    const updates = this.state.allocations.flatMap((one): ClientUpdate[] => {
      const { id, clientStatus, desiredStatus } = one;
      if (desiredStatus === "run") {
        return clientStatus === "pending"
          ? [{ allocationId: id, clientStatus: "running", taskStates: this.#tasks(one, running) }]
          : [];
      }
      const isLive = clientStatus === "running" || clientStatus === "pending";
      return isLive ? [{ allocationId: id, clientStatus: "complete" }] : [];
    });
    if (updates.length > 0) this.tell({ kind: "update_clients", updates });
  }

  /** Time passes from tick to tick, at most until then; nodes keep doing what they are asked to. */
  until(end: number): void {
    this.clients();
    for (let steps = 0; steps < 1_000; steps++) {
      const done = this.tell({ kind: "tick" });
      this.clients();
      const next = done.evaluate === undefined ? done.nextTickAt : this.now;
      if (next === undefined || next > end) break;
      this.now = Math.max(this.now, next);
    }
    this.now = end;
    this.tell({ kind: "tick" });
    this.clients();
  }

  /** It fails: all of its tasks end with an error. */
  crash(allocationId: string): Transition {
    const dead = { state: "dead" as const, failed: true, finishedAt: this.now };
    const taskStates = this.#tasks(this.allocation(allocationId), dead);
    return this.tell({
      kind: "update_clients",
      updates: [{ allocationId, clientStatus: "failed", taskStates }],
    });
  }

  #tasks({ jobVersion, group }: Allocation, state: TaskState): { readonly [task: string]: TaskState } {
    const job = this.state.versions.find(({ version }) => version === jobVersion);
    const tasks = job?.groups.find(({ name }) => name === group)?.tasks ?? [];
    return Object.fromEntries(tasks.map(({ name }) => [name, state]));
  }

  allocation(id: string): Allocation {
    const found = this.state.allocations.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no allocation ${id}`);
    return found;
  }

  /** The newest deployment. */
  get deployment(): Deployment {
    const [newest] = this.deployments;
    if (newest === undefined) throw new Error("no deployment");
    return newest;
  }

  /** Newest first. */
  get deployments(): readonly Deployment[] {
    return [...this.state.deployments].sort((a, b) => b.createIndex - a.createIndex);
  }

  live(version?: number): Allocation[] {
    return this.state.allocations.filter(
      (one) =>
        one.desiredStatus === "run" &&
        (one.clientStatus === "pending" || one.clientStatus === "running") &&
        (version === undefined || one.jobVersion === version),
    );
  }
}
