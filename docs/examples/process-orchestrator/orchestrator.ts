import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import * as verdigris from "../../../src/index.js";
import { ask, type Prepared, prepare, stop } from "./processes.js";
import { load, type Stored, save } from "./store.js";

/** Where a kill -9 must do no harm. */
export type Moment = "planned" | "prepared" | "applied" | "let_go" | "stopped" | "waiting";

export interface OrchestratorOptions {
  readonly directory: string;
  /** How often every process is asked how it is, in milliseconds. */
  readonly checkEvery: number;
  /** Told of every moment; tests die in it. */
  readonly moment: (moment: Moment) => void;
}

/** There is one machine. */
const NODE = { id: "this-machine", status: "ready" } as const;
/** Children that are started at once; what a plan asks for beyond that is left to the next one. */
const MOST_AT_ONCE = 4;
const HOUR = 3_600_000;

/** What an allocation and a placement both say. */
type Role = Pick<verdigris.Allocation, "jobVersion" | "jobCreateIndex" | "group">;

/**
 * One job on one machine. The file is written before anything takes effect: a child serves only when the file names it,
 * and is stopped only when the file says so. What goes wrong ends the orchestrator; the next one goes on from the file.
 */
export class Orchestrator {
  readonly #options: OrchestratorOptions;
  #stored: Stored;
  #processes: Stored["processes"];
  /** Children that wait until the file names them. */
  readonly #prepared = new Map<string, Prepared>();
  /** Allocations that this orchestrator let go or saw: one of them that is gone has failed, another is lost. */
  readonly #known = new Set<string>();
  /** An evaluation is asked for; one that was before a crash is made up for at the start. */
  #asked: Pick<verdigris.Evaluate, "evaluationId"> | undefined = {};
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: OrchestratorOptions) {
    this.#options = options;
    this.#stored = load(options.directory);
    this.#processes = this.#stored.processes;
  }

  async run(): Promise<never> {
    for (;;) {
      await this.#inTurn(() => this.#round());
      if (this.#job.deployments.some(verdigris.isActive)) this.#options.moment("waiting");
      const now = Date.now();
      const next = verdigris.nextTick(this.#job, now) ?? Number.POSITIVE_INFINITY;
      await sleep(Math.min(this.#options.checkEvery, next - now));
    }
  }

  /** An event from outside, without its time: written down, or refused with nothing changed. */
  accept(event: object): Promise<void> {
    return this.#inTurn(async () => this.#send(verdigris.parseJobEvent({ ...event, now: Date.now() })));
  }

  /** One after the other: a plan is applied to the state that it was made from. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  /** One round: look, let time pass, plan and carry out until nothing is left to do. */
  async #round(): Promise<void> {
    const updates = await Promise.all(this.#running.map((allocation) => this.#observe(allocation)));
    this.#send({ kind: "update_clients", updates: updates.flat(), now: Date.now() });
    this.#send({ kind: "tick", now: Date.now() });
    // What could not be started is tried again.
    if (this.#job.waitsForRoom) this.#send({ kind: "update_node", node: NODE, now: Date.now() });
    await this.#carryOut();
    while (this.#asked !== undefined) {
      const evaluationId = this.#asked.evaluationId ?? randomUUID();
      this.#asked = undefined;
      await this.#apply(verdigris.reconcile({ ...this.#job, now: Date.now(), evaluationId }));
      await this.#carryOut();
    }
    this.#send({ kind: "collect", before: Date.now() - HOUR, keepDeployments: 10, now: Date.now() });
  }

  /** Prepares what is to be placed, and writes down what could be done of the plan. */
  async #apply(plan: verdigris.Plan): Promise<void> {
    const placements = verdigris.placementsOf(plan);
    const tried = placements.slice(0, MOST_AT_ONCE);
    const left = new Set<verdigris.Action>(placements.slice(MOST_AT_ONCE));
    const actions = plan.actions.filter((action) => !left.has(action));
    if (tried.length > 0) this.#options.moment("planned");
    const outcomes = tried.map(async ({ placement, ...role }): Promise<verdigris.PlacementOutcome> => {
      const allocationId = randomUUID();
      const isReady = await this.#prepare(allocationId, role);
      return isReady ? { placement, allocationId, nodeId: NODE.id } : { placement, noRoom: true };
    });
    const part = { plan: { ...plan, actions }, placements: await Promise.all(outcomes) };
    if (tried.length > 0) this.#options.moment("prepared");
    this.#send({ kind: "apply_plan", ...part, now: Date.now() });
    if (tried.length > 0) this.#options.moment("applied");
  }

  /** Makes the machine what the file says: whom it names may serve, and whom no live allocation names has to go. */
  async #carryOut(): Promise<void> {
    for (const [id, { letGo }] of this.#prepared) {
      this.#prepared.delete(id);
      this.#known.add(id);
      await letGo();
      this.#options.moment("let_go");
    }
    const live = new Set(this.#running.map(({ id }) => id));
    const ends = Object.entries(this.#processes).filter(([id]) => !live.has(id));
    if (ends.length === 0) return;
    await Promise.all(ends.map(([id, served]) => stop(id, served)));
    this.#options.moment("stopped");
    this.#processes = Object.fromEntries(Object.entries(this.#processes).filter(([id]) => live.has(id)));
    const { allocations } = this.#job;
    const ended = allocations.filter((one) => !live.has(one.id) && !verdigris.isClientTerminal(one));
    const updates = ended.map(({ id }) => ({ allocationId: id, clientStatus: "complete" }) as const);
    this.#send({ kind: "update_clients", updates, now: Date.now() });
  }

  /** What is new of an allocation that should run. */
  async #observe(allocation: verdigris.Allocation): Promise<verdigris.ClientUpdate[]> {
    const { id, clientStatus, checks } = allocation;
    const served = this.#processes[id];
    const answer = served === undefined ? "gone" : await ask(id, served);
    const now = Date.now();
    const tasksAre = (state: verdigris.TaskState): NonNullable<verdigris.ClientUpdate["taskStates"]> =>
      Object.fromEntries(this.#tasksOf(allocation).map(({ name }) => [name, state]));
    if (served === undefined || answer === "gone") {
      const isKnown = this.#known.has(id);
      // Nobody ever saw it serve: we died before it was let go, and the same allocation is started again.
      if (clientStatus === "pending" && !isKnown && (await this.#prepare(id, allocation))) return [];
      const taskStates = tasksAre({ state: "dead", failed: isKnown, finishedAt: now });
      return [{ allocationId: id, clientStatus: isKnown ? "failed" : "lost", taskStates }];
    }
    if (answer === "silent" && clientStatus === "pending") return [];
    this.#known.add(id);
    const status = answer === "healthy" ? "success" : "failure";
    const before = checks?.["http"];
    const http = before?.status === status ? before : ({ status, since: now } as const);
    const taskStates = tasksAre({ state: "running", startedAt: served.startedAt });
    return [{ allocationId: id, clientStatus: "running", taskStates, checks: { http } }];
  }

  /** The process stands for all tasks of the group; the first one says what it serves. */
  async #prepare(id: string, role: Role): Promise<boolean> {
    const settings = this.#tasksOf(role)[0]?.["config"] ?? {};
    const prepared = await prepare(id, settings, this.#options.directory);
    if (prepared === undefined) return false;
    this.#prepared.set(id, prepared);
    this.#processes = { ...this.#processes, [id]: prepared.served };
    return true;
  }

  /** The next state, written down before anything follows from it. */
  #send(event: verdigris.JobEvent): void {
    const { state: job, evaluate } = verdigris.transition(this.#job, event);
    const next: Stored = { job, processes: this.#processes };
    const isNew = job !== this.#job || next.processes !== this.#stored.processes;
    if (isNew) save(this.#options.directory, "state", next);
    this.#stored = next;
    if (evaluate !== undefined) this.#asked = { ...this.#asked, ...evaluate };
  }

  get #job(): Stored["job"] {
    return this.#stored.job;
  }

  /** Those that should run. */
  get #running(): readonly verdigris.Allocation[] {
    return this.#job.allocations.filter((one) => !verdigris.isTerminal(one));
  }

  #tasksOf(role: Role): readonly verdigris.Task[] {
    return verdigris.ownGroup(this.#job.versions, role)?.tasks ?? [];
  }
}
