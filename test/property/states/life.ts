import {
  type Allocation,
  type ClientUpdate,
  currentJob,
  drainable,
  emptyJobState,
  isActive,
  isTerminal,
  isVerdigrisError,
  type JobEvent,
  type JobSpecification,
  type JobState,
  type PlacementOutcome,
  type Plan,
  type reconcile,
  type Transition,
  type transition,
  type VerdigrisError,
} from "../../../src/index.js";
import type { Choices } from "./choices.js";
import { changedGroups, taskGroup } from "./specification.js";

/** Who decides: the library, or one that was broken on purpose. */
export interface Deciders {
  readonly reconcile: typeof reconcile;
  readonly transition: typeof transition;
}

/** Looks at what happens in a life. */
export interface Watcher {
  step?(before: JobState, event: JobEvent, after: Transition): void;
  refused?(before: JobState, event: JobEvent, error: VerdigrisError): void;
  planned?(state: JobState, now: number, plan: Plan): void;
  /** After everything that an event asked for was done. */
  rested?(state: JobState, now: number): void;
}

/** A JobEvent without its time. */
type Event = JobEvent extends infer E ? (E extends JobEvent ? Omit<E, "now"> : never) : never;

const NODES = 4;

/** A job's life: whatever can happen to it, in any order, and an orchestrator that is sometimes slow, or crashes. */
export class Life {
  state: JobState = emptyJobState();
  /** Every accepted event: a life can be told again. */
  readonly events: JobEvent[] = [];
  now = 1_750_000_000_000;
  readonly choices: Choices;
  readonly #deciders: Deciders;
  readonly #watcher: Watcher;
  #evaluations = 0;
  #placed = 0;
  #stale: Plan | undefined;
  /** A follow-up evaluation that is to run next. */
  #dueEvaluation: string | undefined;

  constructor(choices: Choices, deciders: Deciders, watcher: Watcher) {
    this.choices = choices;
    this.#deciders = deciders;
    this.#watcher = watcher;
  }

  live(steps: number): void {
    this.#submitFirst();
    for (let step = 0; step < steps; step++) {
      const event = EVENTS[this.choices.below(EVENTS.length)];
      event?.(this);
      this.#watcher.rested?.(this.state, this.now);
    }
  }

  /** Sends an event; what it asks for is done at once, or only later, or not before somebody asks again. */
  send(event: Event, asks: "at once" | "later" = "at once"): void {
    const timed = { ...event, now: this.now } as JobEvent;
    const before = this.state;
    let after: Transition;
    try {
      after = this.#deciders.transition(before, timed);
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      this.#watcher.refused?.(before, timed, error);
      return;
    }
    this.state = after.state;
    if (after.changed) this.events.push(timed);
    this.#watcher.step?.(before, timed, after);
    if (after.evaluate === undefined) return;
    if (after.evaluate.evaluationId !== undefined) this.#dueEvaluation = after.evaluate.evaluationId;
    if (asks === "at once" && !this.choices.oneIn(6)) this.evaluate();
  }

  /** Plans and carries out, now and then only a part of it; an applied plan asks for the next. */
  evaluate(): void {
    const evaluationId = this.#dueEvaluation ?? `eval-${++this.#evaluations}`;
    this.#dueEvaluation = undefined;
    const plan = this.#deciders.reconcile({ ...this.state, now: this.now, evaluationId });
    this.#watcher.planned?.(this.state, this.now, plan);
    if (this.choices.oneIn(12)) this.#stale = plan;
    const done = this.choices.oneIn(8) ? partOf(plan, () => this.choices.oneIn(2)) : plan;
    this.send({ kind: "apply_plan", plan: done, placements: this.place(done) });
  }

  /** Says nonsense about where placements went. */
  applyCarelessly(): void {
    const plan = this.#deciders.reconcile({ ...this.state, now: this.now, evaluationId: "careless" });
    const [first, ...rest] = this.place(plan);
    const borne = this.state.allocations[0]?.id ?? "none";
    const nonsense = this.choices.of<readonly PlacementOutcome[]>(
      rest,
      [...(first === undefined ? [] : [first]), ...rest, { placement: "none/0", noRoom: true }],
      [
        ...(first === undefined
          ? []
          : [{ placement: first.placement, allocationId: borne, nodeId: "node-1" }]),
        ...rest,
      ],
    );
    this.send({ kind: "apply_plan", plan, placements: nonsense });
  }

  applyStale(): void {
    const plan = this.#stale;
    if (plan !== undefined) this.send({ kind: "apply_plan", plan, placements: this.place(plan) });
  }

  /** Where placements go: to a node that is well, now and then to one that went away meanwhile, or nowhere. */
  place(plan: Plan): PlacementOutcome[] {
    const isScarce = this.choices.oneIn(8);
    const isBlind = this.choices.oneIn(6);
    const bad = new Set((this.state.nodes ?? []).map(({ id }) => id));
    const nodes = Array.from({ length: NODES }, (_, n) => `node-${n}`).filter(
      (id) => isBlind || !bad.has(id),
    );
    return plan.actions.flatMap((action): PlacementOutcome[] => {
      if (!("placement" in action && "name" in action)) return [];
      const { placement } = action;
      const n = this.#placed++;
      const nodeId = nodes[n % Math.max(1, nodes.length)];
      if (nodeId === undefined || (isScarce && this.choices.oneIn(2))) return [{ placement, noRoom: true }];
      return [{ placement, allocationId: `a-${String(n).padStart(4, "0")}`, nodeId }];
    });
  }

  #submitFirst(): void {
    const { choices } = this;
    const type = choices.of("service", "service", "service", "service", "service", "batch");
    const groups = [taskGroup(choices, "web", type, "image:0")];
    if (choices.oneIn(3)) groups.push(taskGroup(choices, "api", type, "image:0"));
    this.send({ kind: "submit", job: { id: "shop", type, groups } });
    if (!choices.oneIn(4)) someHealthy(this);
  }

  anyOf<T>(things: readonly T[]): T | undefined {
    return things[this.choices.below(Math.max(1, things.length))];
  }

  get alive(): Allocation[] {
    return this.state.allocations.filter((one) => !isTerminal(one));
  }
}

/** The plan without some of its actions. */
export function partOf(plan: Plan, keep: () => boolean): Plan {
  return { ...plan, actions: plan.actions.filter((action) => action.kind === "ignore" || keep()) };
}

function startAndStop({ state, now }: Life): ClientUpdate[] {
  return state.allocations.flatMap((one): ClientUpdate[] => {
    const { id, clientStatus, desiredStatus } = one;
    if (isAway(state, one)) return [];
    if (desiredStatus !== "run") {
      return clientStatus === "pending" || clientStatus === "running" || clientStatus === "unknown"
        ? [{ allocationId: id, clientStatus: "complete" }]
        : [];
    }
    if (clientStatus === "unknown") return [{ allocationId: id, clientStatus: "running" }];
    return clientStatus === "pending"
      ? [
          {
            allocationId: id,
            clientStatus: "running",
            taskStates: { main: { state: "running", startedAt: now } },
          },
        ]
      : [];
  });
}

function isAway(state: JobState, { nodeId }: Allocation): boolean {
  const node = (state.nodes ?? []).find(({ id }) => id === nodeId);
  return node !== undefined && node.status !== "ready" && node.status !== "initializing";
}

type Happening = (life: Life) => void;

const clients: Happening = (life) => {
  const updates = startAndStop(life);
  if (updates.length > 0) life.send({ kind: "update_clients", updates });
};

const someHealthy: Happening = (life) => {
  clients(life);
  const deployment = life.anyOf(life.state.deployments.filter(isActive));
  if (deployment === undefined) return;
  // Now and then a report comes twice.
  const isNews = !life.choices.oneIn(12);
  const reported = life.alive.filter(
    (one) =>
      one.deploymentId === deployment.id && one.deploymentStatus?.healthy === (isNews ? undefined : true),
  );
  const healthy = reported.slice(0, life.choices.of(100, 1, 2)).map(({ id }) => id);
  life.send({ kind: "report_health", deploymentId: deployment.id, healthy });
};

const oneUnhealthy: Happening = (life) => {
  const deployment = life.anyOf(life.state.deployments);
  const one = life.anyOf(life.alive);
  if (deployment === undefined || one === undefined) return;
  const healthy = life.choices.oneIn(8) ? [one.id] : [];
  life.send({
    kind: "report_health",
    deploymentId: one.deploymentId ?? deployment.id,
    unhealthy: [one.id],
    healthy,
  });
};

const crash: Happening = (life) => {
  const one = life.anyOf(life.choices.oneIn(8) ? life.state.allocations : life.alive);
  if (one === undefined) return;
  const dead = { state: "dead" as const, failed: true, finishedAt: life.now };
  const update = { allocationId: one.id, clientStatus: "failed" as const, taskStates: { main: dead } };
  life.send({ kind: "update_clients", updates: [update] });
};

const end: Happening = (life) => {
  const one = life.anyOf(life.alive);
  if (one === undefined) return;
  const dead = { state: "dead" as const, failed: false, finishedAt: life.now };
  life.send({
    kind: "update_clients",
    updates: [{ allocationId: one.id, clientStatus: "complete", taskStates: { main: dead } }],
  });
};

const revive: Happening = (life) => {
  const one = life.anyOf(life.state.allocations);
  if (one !== undefined)
    life.send({ kind: "update_clients", updates: [{ allocationId: one.id, clientStatus: "running" }] });
};

const node: Happening = (life) => {
  const id = `node-${life.choices.below(NODES)}`;
  const status = life.choices.of("ready", "down", "disconnected", "ready", "ready", "initializing", "gone");
  life.send({
    kind: "update_node",
    node: { id, status, ...(life.choices.oneIn(3) ? { draining: true } : {}) },
  });
};

const nodesBack: Happening = (life) => {
  for (const { id } of life.state.nodes ?? [])
    life.send({ kind: "update_node", node: { id, status: "ready" } });
  clients(life);
};

const submit: Happening = (life) => {
  const { choices, state } = life;
  const current = currentJob(state.versions);
  if (current === undefined) {
    life.send({
      kind: "submit",
      job: { id: "shop", type: "service", groups: [taskGroup(choices, "web", "service", "image:0")] },
    });
    return;
  }
  const older = life.anyOf(state.versions) ?? current;
  const groups = choices.oneIn(4)
    ? older.groups
    : changedGroups(choices, current.groups, current.type, `image:${state.index}`);
  const job: JobSpecification = { id: "shop", type: choices.oneIn(40) ? "batch" : current.type, groups };
  life.send({
    kind: "submit",
    job: choices.oneIn(40) ? { ...job, id: "other" } : choices.oneIn(40) ? { ...job, priority: 101 } : job,
    ...(choices.oneIn(6) ? { checkIndex: choices.of(current.modifyIndex, 0, 7) } : {}),
  });
};

const resubmit: Happening = (life) => {
  const current = currentJob(life.state.versions);
  if (current !== undefined) life.send({ kind: "submit", job: current });
};

const scale: Happening = (life) => {
  const count = life.choices.of(3, 0, 1, 2, 4, 6, -1);
  life.send({ kind: "scale", group: life.choices.of("web", "web", "web", "api", "none"), count });
};

const revert: Happening = (life) => {
  const { choices } = life;
  const version = choices.below(6);
  const to = choices.oneIn(8) ? { tag: "good" } : { version };
  life.send({ kind: "revert", to, ...(choices.oneIn(8) ? { enforcePriorVersion: choices.below(4) } : {}) });
};

const promote: Happening = (life) => {
  const { choices } = life;
  if (!choices.oneIn(4)) someHealthy(life);
  const deployment =
    life.anyOf(life.state.deployments.filter(isActive)) ?? life.anyOf(life.state.deployments);
  life.send({
    kind: "promote",
    deploymentId: deployment?.id ?? "none",
    ...(choices.oneIn(4) ? { groups: choices.of(["web"], ["api"], ["none"], []) } : {}),
  });
};

const pauseOrResume: Happening = (life) => {
  const deployment =
    life.anyOf(life.state.deployments.filter(isActive)) ?? life.anyOf(life.state.deployments);
  life.send({ kind: life.choices.of("pause", "pause", "resume"), deploymentId: deployment?.id ?? "none" });
  if (life.choices.oneIn(4)) life.send({ kind: "pause", deploymentId: deployment?.id ?? "none" });
  if (!life.choices.oneIn(3)) life.send({ kind: "resume", deploymentId: deployment?.id ?? "none" });
};

const fail: Happening = (life) => {
  const deployment =
    life.anyOf(life.state.deployments.filter(isActive)) ?? life.anyOf(life.state.deployments);
  if (life.choices.oneIn(2)) life.send({ kind: "fail", deploymentId: deployment?.id ?? "none" });
};

/** Somebody fails the deployment of a version that was superseded a moment ago. */
const submitAndFail: Happening = (life) => {
  const current = currentJob(life.state.versions);
  const deployment = life.state.deployments.find(isActive);
  if (current === undefined || deployment === undefined) return;
  const groups = changedGroups(life.choices, current.groups, current.type, `image:${life.state.index}`);
  life.send({ kind: "submit", job: { ...current, groups } }, "later");
  life.send({ kind: "fail", deploymentId: deployment.id });
};

const stopAllocation: Happening = (life) => {
  const one = life.anyOf(life.choices.oneIn(8) ? life.state.allocations : life.alive);
  life.send({ kind: "stop_allocation", allocationId: one?.id ?? "none" });
};

const migrate: Happening = (life) => {
  const draining = (life.state.nodes ?? []).map((one) => ({ ...one, drainDeadline: life.now + 60_000 }));
  const allocationIds = life.choices.oneIn(4)
    ? life.alive.slice(0, 1).map(({ id }) => id)
    : drainable(life.state, draining, { now: life.now });
  life.send({
    kind: "migrate",
    allocationIds,
    ...(life.choices.oneIn(3) ? { batch: "not_again" as const } : {}),
  });
};

const pass: Happening = (life) => {
  life.now += life.choices.of(5_000, 1_000, 30_000, 600_000);
  life.send({ kind: "tick" });
};

const tick: Happening = (life) => life.send({ kind: "tick" });

const stopJob: Happening = (life) => {
  if (life.choices.oneIn(8))
    life.send({ kind: "stop_job", ...(life.choices.oneIn(2) ? { purge: true } : {}) });
};

const collect: Happening = (life) =>
  life.send({ kind: "collect", before: life.now, keepDeployments: life.choices.of(2, 0, 1) });

const tagOrUntag: Happening = (life) => {
  const { choices } = life;
  const tag = choices.of("good", "better");
  if (choices.oneIn(3)) life.send({ kind: "untag", tag });
  else life.send({ kind: "tag", version: choices.below(4), tag });
};

const EVENTS: readonly Happening[] = [
  someHealthy,
  someHealthy,
  someHealthy,
  someHealthy,
  clients,
  clients,
  pass,
  pass,
  pass,
  tick,
  crash,
  crash,
  submit,
  submit,
  promote,
  promote,
  oneUnhealthy,
  node,
  node,
  nodesBack,
  stopAllocation,
  migrate,
  end,
  revert,
  scale,
  resubmit,
  pauseOrResume,
  fail,
  collect,
  revive,
  stopJob,
  tagOrUntag,
  (life) => life.evaluate(),
  (life) => life.applyCarelessly(),
  submitAndFail,
  (life) => life.applyStale(),
];
