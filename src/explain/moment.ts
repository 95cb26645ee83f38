import {
  hasAttemptLeft,
  type JobEvent,
  type JobState,
  nextTick,
  ownGroup,
  type Rollback,
  transition,
} from "../lifecycle/index.js";
import { type Allocation, currentJob, isTerminal, isVerdigrisError, type Plan } from "../model/index.js";
import { type ReconcilePolicy, reconcile } from "../reconcile/index.js";

/** A state at a time, and what follows from it. The plan is made once, when somebody asks for it. */
export class Moment {
  readonly state: JobState;
  readonly now: number;
  /** What came of the rollback, where the event before failed a deployment. */
  readonly rollback: Rollback | undefined;
  readonly #policy: ReconcilePolicy | undefined;
  /** The follow-up evaluation that is due: it knows what it was made for. */
  readonly #due: string | undefined;
  #plan: Plan | undefined;

  constructor(
    state: JobState,
    now: number,
    policy?: ReconcilePolicy,
    came: { readonly due?: string | undefined; readonly rollback?: Rollback | undefined } = {},
  ) {
    this.state = state;
    this.now = now;
    this.rollback = came.rollback;
    this.#policy = policy;
    this.#due = came.due;
  }

  /** The plan that is made now. */
  get plan(): Plan {
    const policy = this.#policy;
    this.#plan ??= reconcile({
      ...this.state,
      ...(policy === undefined ? {} : { policy }),
      now: this.now,
      evaluationId: this.#due ?? `possible-${this.state.index}`,
    });
    return this.#plan;
  }

  /** The moment after an event; nothing: it is refused, or changes nothing. */
  after(event: JobEvent): Moment | undefined {
    try {
      const { state, changed, evaluate, rollback } = transition(this.state, event);
      if (!changed && event.now <= this.now) return undefined;
      const due = evaluate?.evaluationId ?? (event.kind === "apply_plan" ? undefined : this.#due);
      return new Moment(state, event.now, this.#policy, { due, rollback });
    } catch (error) {
      if (isVerdigrisError(error)) return undefined;
      throw error;
    }
  }

  /** A text that two moments share that differ in nothing that matters here: names, ids and times do not. */
  get sort(): string {
    const { state, now, plan } = this;
    const counts = new Map<string, number>();
    for (const one of state.allocations) {
      // What was replaced is history: how much of it there is changes nothing.
      const isOver = isTerminal(one) && (one.desiredStatus !== "run" || one.nextAllocation !== undefined);
      if (isOver) continue;
      const sort = sortOf(one, state, now);
      counts.set(sort, (counts.get(sort) ?? 0) + 1);
    }
    const deployments = state.deployments.map(({ id, status, groups }) => [
      id,
      status,
      ...Object.values(groups).map((group) => [
        group.promoted,
        group.desiredCanaries,
        group.desiredTotal,
        group.requireProgressBy === undefined,
      ]),
    ]);
    const nodes = (state.nodes ?? []).map(({ id, status }) => [id, status]);
    const waits = [nextTick(state, now) === undefined, state.waitsForRoom === true];
    // What is due makes a plan another one, and nothing else of the state.
    const planned = [
      ...Object.values(plan.groups).map(({ ignore: _, ...done }) => done),
      plan.deployment?.kind,
      plan.deploymentUpdates.length,
      plan.followUps.length,
    ];
    const version = currentJob(state.versions)?.version;
    return JSON.stringify([version, [...counts].sort(), deployments, nodes, waits, planned]);
  }
}

/** What matters of an allocation for what may follow. */
export function sortOf(one: Allocation, state: JobState, now: number): string {
  const { deploymentStatus, desiredTransition, reschedule } = one;
  const mayFail = reschedule === undefined && one.clientStatus !== "failed";
  const again = mayFail ? "" : String(hasAttemptLeft(one, ownGroup(state.versions, one), now));
  return [
    one.group,
    one.jobVersion,
    one.desiredStatus,
    one.clientStatus,
    one.deploymentId,
    deploymentStatus?.healthy,
    deploymentStatus?.canary === true,
    one.nextAllocation !== undefined,
    again,
    JSON.stringify(desiredTransition),
  ].join(" ");
}
