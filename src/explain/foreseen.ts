import {
  type ClientUpdate,
  groupsToPromote,
  type JobState,
  mayBePromoted,
  nextTick,
  ownGroup,
  promotionGates,
  type Transition,
  transition,
} from "../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  type Deployment,
  hasAutoPromote,
  isTerminal,
  type Plan,
  placementsOf,
} from "../model/index.js";
import { reconcile } from "../reconcile/index.js";
import type { Assumptions, Wave } from "./assumptions.js";
import { hasWork, workOf } from "./subject.js";

/** Steps for each allocation that is to run; one that goes on for ever is cut. */
const MOST_EACH = 20;
const MOST_AT_LEAST = 2_000;

/** What an allocation does at a time. */
interface Deed {
  readonly at: number;
  readonly allocationId: string;
  readonly does: "start" | "crash" | "report_health" | "stop";
}

/** A state that goes on by itself, and what was seen on the way. */
export class Foreseen {
  state: JobState;
  now: number;
  endedAt: number;
  steps = 0;
  readonly waves: Wave[] = [];
  lowestHealthy: number = Number.POSITIVE_INFINITY;
  peakLive = 0;
  readonly #assumed: Assumptions;
  #deeds: Deed[] = [];
  #placed = 0;
  #starting = 0;
  #evaluationId: string | undefined;

  constructor(state: JobState, now: number, assumed: Assumptions) {
    this.state = state;
    this.now = now;
    this.endedAt = now;
    this.#assumed = assumed;
    this.#look();
  }

  /** What was placed and has not started starts from now on; what runs and is judged by hand will be. */
  begin(): void {
    for (const one of this.state.allocations) {
      if (one.desiredStatus !== "run") continue;
      if (one.clientStatus === "pending") this.#willStart(one.id);
      if (one.clientStatus === "running" && one.deploymentStatus?.healthy === undefined)
        this.#willBeReported(one);
    }
  }

  /** Goes on until nothing more follows; false: it was cut off. */
  goOn(): boolean {
    const wanted = currentJob(this.state.versions)?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
    const most = Math.max(MOST_AT_LEAST, MOST_EACH * (wanted + this.state.allocations.length));
    while (this.steps < most) {
      if (this.#plans() || this.#promotes()) continue;
      const next = Math.min(
        nextTick(this.state, this.now) ?? Number.POSITIVE_INFINITY,
        ...this.#deeds.map(({ at }) => at),
      );
      if (next === Number.POSITIVE_INFINITY) return true;
      this.now = Math.max(this.now, next);
      this.#acts();
      this.accept(transition(this.state, { kind: "tick", now: this.now }), this.now);
    }
    return false;
  }

  /** Takes what an event made of the state. */
  accept({ state, changed, evaluate }: Transition, now: number): void {
    this.now = Math.max(this.now, now);
    this.#evaluationId = evaluate?.evaluationId ?? this.#evaluationId;
    this.steps++;
    if (!changed) return;
    this.state = state;
    this.endedAt = this.now;
    this.#look();
  }

  #look(): void {
    let [live, healthy] = [0, 0];
    for (const one of this.state.allocations) {
      if (isTerminal(one)) continue;
      live++;
      if (one.deploymentStatus?.healthy === true) healthy++;
    }
    this.peakLive = Math.max(this.peakLive, live);
    this.lowestHealthy = Math.min(this.lowestHealthy, healthy);
  }

  /** Carries out what the reconciler plans; whether that was anything. */
  #plans(): boolean {
    const { state, now } = this;
    const { policy } = this.#assumed;
    const evaluationId = this.#evaluationId ?? `forecast-${this.steps}`;
    const plan = reconcile({ ...state, ...(policy && { policy }), now, evaluationId });
    this.#evaluationId = undefined;
    if (!hasWork(plan)) return false;
    const placements = placementsOf(plan).map(({ placement }) => ({
      placement,
      allocationId: this.#freeId(),
      nodeId: "any-node",
    }));
    const done = transition(state, { kind: "apply_plan", now, plan, placements });
    if (!done.changed) return false;
    this.waves.push(waveOf(plan, now, state));
    this.accept(done, now);
    for (const { allocationId } of placements) this.#willStart(allocationId);
    for (const one of workOf(plan)) {
      const ends = one.kind === "stop" || one.kind === "replace";
      if (ends) this.#deeds.push({ at: now, allocationId: one.allocationId, does: "stop" });
    }
    return true;
  }

  /** An id that nobody bears, whatever the state has been through. */
  #freeId(): string {
    const isBorne = (id: string): boolean => this.state.allocations.some((one) => one.id === id);
    do this.#placed++;
    while (isBorne(`forecast-${this.#placed}`));
    return `forecast-${this.#placed}`;
  }

  #willStart(allocationId: string): void {
    const { startAfter = 1_000, failing } = this.#assumed;
    const does = ++this.#starting === failing ? "crash" : "start";
    this.#deeds.push({ at: this.now + startAfter, allocationId, does });
  }

  /** Somebody promotes as soon as it is allowed. */
  #promotes(): boolean {
    if (this.#assumed.promotes === false) return false;
    const { state, now } = this;
    const deployment = state.deployments.find((one) => mayPromote(one, state.allocations));
    if (deployment === undefined) return false;
    this.accept(transition(state, { kind: "promote", now, deploymentId: deployment.id }), now);
    return true;
  }

  /** Everything that allocations do by now. */
  #acts(): void {
    const due = this.#deeds.filter(({ at }) => at <= this.now);
    if (due.length === 0) return;
    this.#deeds = this.#deeds.filter(({ at }) => at > this.now);
    const updates: ClientUpdate[] = [];
    const judged: Allocation[] = [];
    for (const { allocationId, does } of due) {
      const one = this.state.allocations.find(({ id }) => id === allocationId);
      if (one === undefined) continue;
      if (does === "report_health") judged.push(one);
      else if (does === "stop" || one.desiredStatus === "run") updates.push(this.#updateOf(one, does));
    }
    const { now } = this;
    if (updates.length > 0)
      this.accept(transition(this.state, { kind: "update_clients", now, updates }), now);
    this.#report(judged);
  }

  #updateOf(one: Allocation, does: "start" | "crash" | "stop"): ClientUpdate {
    const { now, state } = this;
    const tasks = ownGroup(state.versions, one)?.tasks ?? [];
    const task = {
      start: { state: "running", startedAt: now },
      crash: { state: "dead", failed: true, startedAt: now, finishedAt: now },
      stop: { state: "dead", failed: false, finishedAt: now },
    } as const;
    const status = { start: "running", crash: "failed", stop: "complete" } as const;
    if (does === "start") this.#willBeReported(one);
    return {
      allocationId: one.id,
      clientStatus: status[does],
      taskStates: Object.fromEntries(tasks.map(({ name }) => [name, task[does]])),
    };
  }

  #willBeReported(one: Allocation): void {
    if (ownGroup(this.state.versions, one)?.update?.healthCheck !== "manual") return;
    const { reportedHealthyAfter = 0 } = this.#assumed;
    this.#deeds.push({ at: this.now + reportedHealthyAfter, allocationId: one.id, does: "report_health" });
  }

  #report(judged: readonly Allocation[]): void {
    const byDeployment = new Map<string, string[]>();
    for (const { id, deploymentId } of judged) {
      if (deploymentId === undefined) continue;
      byDeployment.set(deploymentId, [...(byDeployment.get(deploymentId) ?? []), id]);
    }
    for (const [deploymentId, healthy] of byDeployment) {
      const { now, state } = this;
      const isActive = state.deployments.some(
        ({ id, status }) => id === deploymentId && status === "running",
      );
      if (isActive)
        this.accept(transition(state, { kind: "report_health", now, deploymentId, healthy }), now);
    }
  }
}

function waveOf(plan: Plan, at: number, { allocations }: JobState): Wave {
  const stopped = new Set(
    plan.actions.flatMap((one) => (one.kind === "stop" || one.kind === "replace" ? [one.allocationId] : [])),
  );
  const keeps = allocations.filter((one) => !isTerminal(one) && !stopped.has(one.id)).length;
  return { at, places: placementsOf(plan).length, stops: stopped.size, keeps };
}

function mayPromote(deployment: Deployment, allocations: readonly Allocation[]): boolean {
  if (deployment.status !== "running" || hasAutoPromote(deployment)) return false;
  const groups = groupsToPromote(deployment);
  return groups.length > 0 && promotionGates(deployment, groups, allocations).every(mayBePromoted);
}
