import {
  type ClientUpdate,
  type JobState,
  nextTick,
  ownGroup,
  type Transition,
  transition,
} from "../lifecycle/index.js";
import { type Allocation, currentJob, isTerminal, placementsOf, UPDATE_DEFAULTS } from "../model/index.js";
import { reconcile } from "../reconcile/index.js";
import type { Assumptions, Wave } from "./assumptions.js";
import { type Deed, updateOf } from "./deed.js";
import { hasWork, workOf } from "./plan-work.js";
import { mayPromote, waveOf } from "./wave-of.js";

/** Steps for each allocation that is to run; one that goes on for ever is cut. */
const MOST_EACH = 20;
const MOST_AT_LEAST = 2_000;

/** As assumed; or so that everything becomes healthy only just in time. */
interface Assumed extends Assumptions {
  readonly asLateAsCanBe?: true;
}

/** A state that goes on by itself, and what was seen on the way. */
export class Foreseen {
  state: JobState;
  now: number;
  endedAt: number;
  steps = 0;
  readonly waves: Wave[] = [];
  /** Of each group and of all (`""`), at the worst moment. */
  readonly extremes: Map<string, { lowestHealthy: number; peakLive: number }> = new Map();
  /** The first one that crashed, as assumed. */
  crashed: string | undefined;
  readonly #assumed: Assumed;
  #deeds: Deed[] = [];
  /** Those that crash: the one that is to, and what is placed in its stead. */
  readonly #bad = new Set<string>();
  #placed = 0;
  readonly #borne: ReadonlySet<string>;
  #starting = 0;
  #index: { readonly of: JobState; readonly byId: ReadonlyMap<string, Allocation> } | undefined;
  #evaluationId: string | undefined;

  constructor(state: JobState, now: number, assumed: Assumed) {
    this.state = state;
    this.now = now;
    this.endedAt = now;
    this.#assumed = assumed;
    this.#borne = new Set(state.allocations.map(({ id }) => id));
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

  /** Goes on until nothing more follows, or until a time; false: it was cut off. */
  goOn(until: number = Number.POSITIVE_INFINITY): boolean {
    const wanted = currentJob(this.state.versions)?.groups.reduce((sum, { count }) => sum + count, 0) ?? 0;
    const most = Math.max(MOST_AT_LEAST, MOST_EACH * (wanted + this.state.allocations.length));
    while (this.steps < most) {
      if (this.#plans() || this.#promotes()) continue;
      let next = nextTick(this.state, this.now) ?? Number.POSITIVE_INFINITY;
      for (const { at } of this.#deeds) next = Math.min(next, at);
      if (next === Number.POSITIVE_INFINITY || next > until) return true;
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
    const seen = new Map<string, { live: number; healthy: number }>([["", { live: 0, healthy: 0 }]]);
    const names = currentJob(this.state.versions)?.groups.map(({ name }) => name) ?? [];
    // A group that was removed is there, too, with nothing.
    for (const name of [...names, ...this.extremes.keys()]) seen.set(name, { live: 0, healthy: 0 });
    for (const one of this.state.allocations) {
      if (isTerminal(one)) continue;
      const healthy = one.deploymentStatus?.healthy === true ? 1 : 0;
      for (const of of ["", one.group]) {
        const now = seen.get(of) ?? { live: 0, healthy: 0 };
        seen.set(of, { live: now.live + 1, healthy: now.healthy + healthy });
      }
    }
    for (const [of, { live, healthy }] of seen) {
      const { lowestHealthy, peakLive } = this.extremes.get(of) ?? { lowestHealthy: healthy, peakLive: live };
      this.extremes.set(of, {
        lowestHealthy: Math.min(lowestHealthy, healthy),
        peakLive: Math.max(peakLive, live),
      });
    }
  }

  /** Carries out what the reconciler plans; whether that was anything. */
  #plans(): boolean {
    const { state, now } = this;
    const { policy } = this.#assumed;
    const evaluationId = this.#evaluationId ?? `forecast-${this.steps}`;
    const plan = reconcile({ ...state, ...(policy && { policy }), now, evaluationId });
    this.#evaluationId = undefined;
    if (!hasWork(plan)) return false;
    const places = placementsOf(plan);
    const placements = places.map(({ placement }) => ({
      placement,
      allocationId: this.#freeId(),
      nodeId: "any-node",
    }));
    const done = transition(state, { kind: "apply_plan", now, plan, placements });
    if (!done.changed) return false;
    this.waves.push(waveOf(plan, now, state));
    this.accept(done, now);
    for (const [at, { allocationId }] of placements.entries())
      this.#willStart(allocationId, places[at]?.previousAllocation);
    for (const one of workOf(plan)) {
      const ends = one.kind === "stop" || one.kind === "replace";
      if (ends) this.#deeds.push({ at: now, allocationId: one.allocationId, does: "stop" });
    }
    return true;
  }

  /** An id that nobody bears, whatever the state has been through. */
  #freeId(): string {
    do this.#placed++;
    while (this.#borne.has(`forecast-${this.#placed}`));
    return `forecast-${this.#placed}`;
  }

  #willStart(allocationId: string, previous?: string): void {
    const { startAfter = 1_000, failing, failingAgain = false } = this.#assumed;
    const isBad =
      ++this.#starting === failing || (failingAgain && previous !== undefined && this.#bad.has(previous));
    if (isBad) {
      this.#bad.add(allocationId);
      this.crashed ??= allocationId;
    }
    const after = isBad ? startAfter : Math.max(startAfter, this.#latestStart(allocationId));
    this.#deeds.push({ at: this.now + after, allocationId, does: isBad ? "crash" : "start" });
  }

  /** As late as it may start from now on and still be judged healthy in time. */
  #latestStart(allocationId: string): number {
    if (this.#assumed.asLateAsCanBe !== true) return 0;
    const one = this.#allocation(allocationId);
    const update = one && ownGroup(this.state.versions, one)?.update;
    if (one === undefined || update === undefined || update.healthCheck === "manual") return 0;
    const { healthyDeadline, minHealthyTime } = { ...UPDATE_DEFAULTS, ...update };
    const placed = one.adoptedAt ?? one.createdAt;
    return Math.max(0, placed + healthyDeadline - minHealthyTime - 1 - this.now);
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
      const one = this.#allocation(allocationId);
      if (one === undefined) continue;
      if (does === "report_health") judged.push(one);
      else if (does === "stop" || one.desiredStatus === "run") {
        if (does === "start") this.#willBeReported(one);
        updates.push(updateOf(one, does, ownGroup(this.state.versions, one), this.now));
      }
    }
    const { now } = this;
    if (updates.length > 0)
      this.accept(transition(this.state, { kind: "update_clients", now, updates }), now);
    this.#report(judged);
  }

  /** Looked up in an index that is made once for each state. */
  #allocation(id: string): Allocation | undefined {
    if (this.#index?.of !== this.state)
      this.#index = { of: this.state, byId: new Map(this.state.allocations.map((one) => [one.id, one])) };
    return this.#index.byId.get(id);
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
