import type {
  ClientUpdate,
  JobEvent,
  JobState,
  PlacementOutcome,
  Transition,
} from "../../lifecycle/index.js";
import { isActive, type Plan, placementsOf } from "../../model/index.js";
import type { StateCase } from "./sequence.js";

/** No rest needs more rounds; one that does is none. */
const MOST_ROUNDS = 200;
/** Nor more plans in a row while nothing happens. */
const MOST_PLANS = 30;

/** What became of a state that was left alone. */
export interface Rest {
  readonly state: JobState;
  readonly now: number;
  /** How many plans changed something. */
  readonly reconciles: number;
  /** How many times everything that was planned started and became healthy, or time passed. */
  readonly rounds: number;
  /** Whether it came to rest at all. */
  readonly isAtRest: boolean;
}

/** Several properties ask for the rest of one case in a row. */
const known = new WeakMap<StateCase, Rest>();

/** What becomes of a state that is left alone. */
export function rest(subject: StateCase): Rest {
  let answer = known.get(subject);
  if (answer === undefined) {
    answer = leftAlone(subject);
    known.set(subject, answer);
  }
  return answer;
}

/**
 * Leaves a state alone: nodes are back, there is room, nothing fails, whatever is placed becomes healthy, plans are
 * carried out, time passes as far as something waits for it. Nobody acts.
 */
export function leftAlone(subject: StateCase): Rest {
  const host = new CalmHost(subject);
  host.nodesComeBack();
  let isAtRest = false;
  let rounds = 0;
  for (; rounds < MOST_ROUNDS && !isAtRest && !host.isRestless; rounds++) {
    const before = host.state;
    host.settle();
    host.clients();
    host.becomeHealthy();
    if (host.state === before) isAtRest = !host.timePasses();
  }
  return { state: host.state, now: host.now, reconciles: host.reconciles, rounds, isAtRest };
}

/** An orchestrator that nothing happens to. */
export class CalmHost {
  state: JobState;
  now: number;
  reconciles = 0;
  /** Plan followed upon plan, and there was no end to it. */
  isRestless = false;
  readonly #decide: StateCase["decide"];
  #evaluations = 0;
  #placed = 0;

  constructor({ state, now, decide }: StateCase) {
    this.state = state;
    this.now = now;
    this.#decide = decide;
  }

  send(event: JobEvent): Transition {
    const after = this.#decide.transition(this.state, event);
    this.state = after.state;
    return after;
  }

  plan(evaluationId = `calm-${++this.#evaluations}`): Plan {
    return this.#decide.reconcile({ ...this.state, now: this.now, evaluationId });
  }

  apply(plan: Plan): boolean {
    const placements = placementsOf(plan).map(({ placement }): PlacementOutcome => {
      const n = this.#placed++;
      return {
        placement,
        allocationId: `calm-${this.state.index}-${n}`,
        nodeId: `calm-node-${n % 3}`,
      };
    });
    return this.send({ kind: "apply_plan", now: this.now, plan, placements }).changed;
  }

  /** Plans until a plan changes nothing. */
  settle(first?: string): void {
    for (let round = 0; round < MOST_PLANS; round++) {
      if (!this.apply(this.plan(round === 0 ? first : undefined))) return;
      this.reconciles++;
    }
    this.isRestless = true;
  }

  nodesComeBack(): void {
    for (const { id } of this.state.nodes ?? []) {
      this.send({ kind: "update_node", now: this.now, node: { id, status: "ready" } });
    }
  }

  /** Nodes start, stop and report. */
  clients(): void {
    const updates = this.state.allocations.flatMap(({ id, clientStatus, desiredStatus }): ClientUpdate[] => {
      const isLive = clientStatus === "pending" || clientStatus === "running" || clientStatus === "unknown";
      if (!isLive) return [];
      if (desiredStatus !== "run") return [{ allocationId: id, clientStatus: "complete" }];
      return clientStatus === "running" ? [] : [{ allocationId: id, clientStatus: "running" }];
    });
    if (updates.length > 0) this.send({ kind: "update_clients", now: this.now, updates });
  }

  /** One that runs that version in an active deployment is reported unhealthy; none may. */
  becomeUnhealthy(version: number | undefined): void {
    for (const { id: deploymentId } of this.state.deployments.filter(isActive)) {
      const bad = this.state.allocations.find(
        (one) =>
          one.deploymentId === deploymentId && one.jobVersion === version && one.clientStatus === "running",
      );
      if (bad !== undefined) {
        this.send({ kind: "report_health", now: this.now, deploymentId, unhealthy: [bad.id] });
      }
    }
  }

  /** Whatever runs in an active deployment is healthy; nothing is heard of that version. */
  becomeHealthy(silent?: number): void {
    for (const { id: deploymentId } of this.state.deployments.filter(isActive)) {
      const healthy = this.state.allocations.flatMap((one) =>
        one.deploymentId === deploymentId &&
        one.jobVersion !== silent &&
        one.deploymentStatus?.healthy === undefined &&
        one.desiredStatus === "run" &&
        one.clientStatus === "running"
          ? [one.id]
          : [],
      );
      if (healthy.length > 0) this.send({ kind: "report_health", now: this.now, deploymentId, healthy });
    }
  }

  /** Goes to the next time that something waits for; whether there is one. */
  timePasses(): boolean {
    const first = this.send({ kind: "tick", now: this.now });
    if (this.#follow(first)) return true;
    if (first.nextTickAt === undefined) return false;
    this.now = first.nextTickAt;
    this.#follow(this.send({ kind: "tick", now: this.now }));
    return true;
  }

  #follow({ changed, evaluate }: Transition): boolean {
    if (evaluate !== undefined) this.settle(evaluate.evaluationId);
    return changed;
  }
}
