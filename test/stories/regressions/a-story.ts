import { Rollout, type RolloutOptions } from "../../../docs/examples/rollout.js";
import {
  type Allocation,
  type JobSpecification,
  type Node,
  type PlacementOutcome,
  type Plan,
  type ReconcilePolicy,
  reconcile,
  type TaskGroup,
  type Transition,
  type UpdateStrategy,
} from "../../../src/index.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Long enough for what was just placed to become healthy. */
const WELL = 11 * SECOND;

type GroupChange = Partial<TaskGroup> & { readonly update?: UpdateStrategy };

/** Three instances, one canary, one at a time; a crash is rescheduled after 30 s. */
export function aGroup(image: string, { update, ...change }: GroupChange = {}): TaskGroup {
  return {
    name: "api",
    count: 3,
    tasks: [{ name: "server", driver: "docker", config: { image } }],
    ...change,
    update: {
      canary: 1,
      maxParallel: 1,
      minHealthyTime: 10 * SECOND,
      healthyDeadline: 5 * MINUTE,
      progressDeadline: 10 * MINUTE,
      ...update,
    },
  };
}

export function aJob(...groups: TaskGroup[]): JobSpecification {
  return { id: "shop", type: "service", groups };
}

/** A rollout in which every allocation has a node of its own: what happens to the node happens to that one alone. */
export class Story extends Rollout {
  readonly #policy: ReconcilePolicy;

  constructor({ policy = {}, ...options }: RolloutOptions & { readonly policy?: ReconcilePolicy } = {}) {
    super(options);
    this.#policy = policy;
  }

  /** The old version runs, and its deployment succeeded. */
  static running(...groups: TaskGroup[]): Story {
    return new Story().from(...groups);
  }

  from(...groups: TaskGroup[]): this {
    this.submit(...groups);
    this.pass(3 * MINUTE);
    return this;
  }

  override plan(evaluationId?: string): Plan {
    const { evaluationId: named } = super.plan(evaluationId).madeFrom;
    return reconcile({ ...this.state, now: this.now, evaluationId: named, policy: this.#policy });
  }

  override place(plan: Plan): PlacementOutcome[] {
    return super
      .place(plan)
      .map((one) => ("noRoom" in one ? one : { ...one, nodeId: `node-of-${one.allocationId}` }));
  }

  submit(...groups: TaskGroup[]): void {
    this.tell({ kind: "submit", job: aJob(...groups) });
    this.clients();
  }

  pass(time: number): void {
    this.until(this.now + time);
  }

  becomeHealthy(): void {
    this.pass(WELL);
  }

  report(health: { readonly healthy?: readonly string[]; readonly unhealthy?: readonly string[] }): void {
    this.tell({ kind: "report_health", deploymentId: this.deployment.id, ...health });
    this.clients();
  }

  promote(groups?: readonly string[]): Transition {
    const { id: deploymentId } = this.deployment;
    return this.tell({ kind: "promote", deploymentId, ...(groups === undefined ? {} : { groups }) });
  }

  fail(): void {
    this.tell({ kind: "fail", deploymentId: this.deployment.id });
    this.clients();
  }

  /** What happens to the node that this allocation is on. */
  nodeOf({ nodeId }: Allocation, status: Node["status"], draining = false): void {
    this.tell({ kind: "update_node", node: { id: nodeId, status, draining } });
    this.clients();
  }

  /** There is room again, and a new node says so. */
  roomAgain(): void {
    this.room = Number.POSITIVE_INFINITY;
    this.tell({ kind: "update_node", node: { id: "new-node", status: "ready" } });
    this.clients();
  }

  /** The first live one of that version. */
  first(version: number): Allocation {
    const [found] = this.live(version);
    if (found === undefined) throw new Error(`nothing live runs version ${version}`);
    return found;
  }

  get canaries(): Allocation[] {
    return this.live().filter((one) => one.deploymentStatus?.canary === true);
  }

  /** How many live allocations there are of each version. */
  get versions(): { [version: number]: number } {
    const counts: { [version: number]: number } = {};
    for (const { jobVersion } of this.live()) counts[jobVersion] = (counts[jobVersion] ?? 0) + 1;
    return counts;
  }

  /** Whether the server ever wanted one of these stopped. */
  everStopped(ids: readonly string[]): boolean {
    return this.states.some(({ allocations }) =>
      allocations.some(({ id, desiredStatus }) => ids.includes(id) && desiredStatus !== "run"),
    );
  }

  /** Every deployment's version and status, oldest first. */
  get told(): string[] {
    return this.deployments.map(({ jobVersion, status }) => `${jobVersion} ${status}`).reverse();
  }
}

/** The old version runs, and the new one's canary is healthy and waits for its promotion. */
export function midCanary(change: GroupChange = {}): Story {
  const story = Story.running(aGroup("old", change));
  story.submit(aGroup("new", change));
  story.becomeHealthy();
  return story;
}

export function ids(allocations: readonly Allocation[]): string[] {
  return allocations.map(({ id }) => id).sort();
}

export function names(allocations: readonly Allocation[]): string[] {
  return allocations.map(({ name }) => name).sort();
}
