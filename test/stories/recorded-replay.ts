import { readFileSync } from "node:fs";
import { Rollout } from "../../docs/examples/rollout.js";
import {
  type Allocation,
  type ClientUpdate,
  currentJob,
  type Deployment,
  drainable,
  isVerdigrisError,
  type Job,
  type JobSpecification,
  type JsonObject,
  type PlacementOutcome,
  type Plan,
  type Task,
  type TaskState,
  VerdigrisError,
} from "../../src/index.js";
import { readAllocations, readDeployments, readVersions } from "../../src/nomad/index.js";

/** What was done to the agent, and whether it refused. */
interface RecordedEvent {
  readonly kind: string;
  readonly args: { readonly [name: string]: unknown };
  readonly refused: boolean;
  /** Milliseconds since the agent was up, when the snapshot after it was taken. */
  readonly at: number;
}

interface RecordedStep {
  readonly step: string;
  readonly event: RecordedEvent;
  readonly versions?: unknown;
  readonly allocations?: unknown;
  readonly deployments?: unknown;
}

/** What is compared after each step. */
export interface Outcome {
  readonly refused: boolean;
  readonly version: number;
  readonly stopped: boolean;
  readonly stable: readonly number[];
  /** Newest first: version, status, what the description means. */
  readonly deployments: readonly string[];
  /** What the server wants and what runs or is about to: how many per group, version and role. */
  readonly live: { readonly [what: string]: number };
}

export interface ReplayedStep {
  readonly step: string;
  readonly recorded: Outcome;
  readonly ours: Outcome;
}

/** A specification that the agent refused, so that it shows in no answer. */
export type RefusedSpecifications = {
  readonly [step: string]: (current: Job | undefined) => JobSpecification | undefined;
};

/** Tells a recorded story to the library: the same events at the same times, and nodes that behave alike. */
export function replay(
  story: string,
  refusedSpecifications: RefusedSpecifications = {},
  isTold: (step: string) => boolean = () => true,
): ReplayedStep[] {
  const file = new URL(`../fixtures/recordings/${story}.json`, import.meta.url);
  const { steps }: { steps: readonly RecordedStep[] } = JSON.parse(readFileSync(file, "utf8"));
  const first = steps.find(({ versions }) => versions !== undefined && !isMissing(versions));
  const teller = new Teller(
    refusedSpecifications,
    first === undefined ? undefined : readVersions(first.versions)[0],
  );
  return steps
    .filter(({ step, event }) => event.kind !== "plan" && isTold(step))
    .map((step) => teller.tell(step));
}

/** How long it takes until the server knows that a node started or ended a task. */
const REACTION = 300;
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/requires? manual promotion/, "manual promotion"],
  [/automatic promotion/, "automatic promotion"],
  [/progress deadline/, "progress deadline"],
  [/unhealthy/, "unhealthy"],
  [/marked as failed/, "marked as failed"],
  [/[^t] rolling back to job version \d+/, "rolls back"],
  [/no stable/, "no stable version"],
  [/same specification/, "same specification"],
  [/newer version/, "newer version"],
  [/is stopped/, "stopped"],
  [/paused/, "paused"],
];

class Teller {
  readonly rollout = new Rollout({ now: 0 });
  readonly #refused: RefusedSpecifications;
  /** What is submitted where no answer shows it. */
  readonly #first: Job | undefined;
  /** The agent's answers so far. */
  #versions: Job[] = [];
  #allocations: Allocation[] = [];
  #deployments: Deployment[] = [];
  /** Which recorded allocation is which of ours. */
  readonly #ours = new Map<string, string>();
  readonly #nodes = new Set<string>();
  readonly #away = new Set<string>();
  #drainDeadline: number | undefined;
  #placed = 0;

  constructor(refused: RefusedSpecifications, first: Job | undefined) {
    this.#refused = refused;
    this.#first = first;
    this.rollout.place = (plan) => this.#place(plan);
  }

  tell({ step, event, versions, allocations, deployments }: RecordedStep): ReplayedStep {
    const before = { versions: this.#versions, allocations: this.#allocations };
    if (versions !== undefined) this.#versions = isMissing(versions) ? [] : readVersions(versions);
    if (allocations !== undefined) this.#allocations = readAllocations(allocations);
    if (deployments !== undefined) this.#deployments = readDeployments(deployments);
    for (const { nodeId } of this.#allocations) this.#nodes.add(nodeId);
    const refused = this.#send(step, event, before);
    this.#pass(event.at);
    return {
      step,
      recorded: outcomeOf(event.refused, this.#versions, this.#deployments, this.#allocations),
      ours: outcomeOf(
        refused,
        this.rollout.state.purged === true ? [] : this.rollout.state.versions,
        this.rollout.state.deployments,
        this.rollout.state.allocations,
      ),
    };
  }

  /** Does what was done; whether we refuse. */
  #send(step: string, event: RecordedEvent, before: { versions: Job[]; allocations: Allocation[] }): boolean {
    try {
      this.#do(step, event, before);
      return false;
    } catch (error) {
      if (isVerdigrisError(error)) return true;
      throw error;
    }
  }

  #do(
    step: string,
    { kind, args, refused }: RecordedEvent,
    before: { versions: Job[]; allocations: Allocation[] },
  ): void {
    const { rollout } = this;
    switch (kind) {
      case "submit":
        this.#submit(step, args, refused, before.versions);
        return;
      case "reportHealth": {
        const healthy = this.#idsOf(args["HealthyAllocationIDs"], before.allocations);
        const unhealthy = this.#idsOf(args["UnhealthyAllocationIDs"], before.allocations);
        rollout.tell({ kind: "report_health", deploymentId: this.#deploymentOf(args), healthy, unhealthy });
        return;
      }
      case "promote": {
        const groups = args["Groups"] as string[] | undefined;
        const named =
          groups !== undefined
            ? { groups }
            : args["All"] === true || !("DeploymentID" in args)
              ? {}
              : { groups: [] };
        rollout.tell({ kind: "promote", deploymentId: this.#deploymentOf(args), ...named });
        return;
      }
      case "fail":
      case "pause":
      case "resume":
        rollout.tell({ kind, deploymentId: this.#deploymentOf(args) });
        return;
      case "scale": {
        const group = (args["Target"] as { Group?: string } | undefined)?.Group ?? "api";
        const count = args["Count"] ?? args["count"];
        if (typeof count === "number") rollout.tell({ kind: "scale", group, count });
        return;
      }
      case "revert": {
        const version = args["JobVersion"] ?? args["version"];
        const enforced = args["EnforcePriorVersion"];
        if (args["JobID"] === "nope")
          throw new VerdigrisError("unknown_job", "another job's state is not here");
        rollout.tell({
          kind: "revert",
          to: typeof args["tag"] === "string" ? { tag: args["tag"] } : { version: Number(version) },
          ...(typeof enforced === "number" ? { enforcePriorVersion: enforced } : {}),
        });
        return;
      }
      case "stop":
        rollout.tell({ kind: "stop_job", purge: args["purge"] === true });
        return;
      case "allocationStop":
        rollout.tell({
          kind: "stop_allocation",
          allocationId: this.#ourId(String(args["allocation"]), before.allocations),
        });
        return;
      case "clientUpdate":
        rollout.crash(this.#ourId(String(args["allocation"]), before.allocations));
        return;
      case "nodeUpdate":
        this.#nodeUpdate(String(args["node"]), String(args["status"]));
        return;
      case "nodeEligibility":
        rollout.room = args["Eligibility"] === "eligible" ? Number.POSITIVE_INFINITY : 0;
        if (rollout.room > 0 && rollout.state.waitsForRoom === true) rollout.settle();
        return;
      case "nodeDrain":
        this.#drain(args["DrainSpec"]);
        return;
      case "tag":
        rollout.tell({
          kind: "tag",
          version: Number(args["Version"] ?? args["version"]),
          tag: String(args["name"] ?? "good"),
        });
        return;
      case "untag":
        rollout.tell({ kind: "untag", tag: String(args["name"]) });
        return;
      case "observe":
      // `job eval -force-reschedule`: no event of ours; the caller sets `desiredTransition.forceReschedule`.
      case "evaluate":
        return;
      case "unblock":
        // Of multi-region rollouts; refused in every recorded case, as any event about a deployment that ended.
        rollout.tell({ kind: "resume", deploymentId: this.#deploymentOf(args) });
        return;
      default:
        throw new Error(`there is no such event here: ${kind}`);
    }
  }

  #submit(step: string, args: RecordedEvent["args"], refused: boolean, before: readonly Job[]): void {
    const { rollout } = this;
    const current = currentJob(rollout.state.versions);
    const job = this.#refused[step]?.(current) ?? this.#submitted(before) ?? current ?? this.#first;
    if (job === undefined) throw new Error(`nobody knows the specification of ${step}`);
    const index = args["checkIndex"];
    if (typeof index !== "number") {
      this.rollout.tell({ kind: "submit", job });
      return;
    }
    // The agent's indexes are not ours: an index that was current there is the current one here.
    const wasCurrent = index === (currentJob(before)?.modifyIndex ?? 0);
    const checkIndex = index === 0 ? 0 : wasCurrent ? (current?.modifyIndex ?? 0) : 1_000_000 + index;
    if (refused && wasCurrent) throw new Error(`${step} was refused for another reason`);
    this.rollout.tell({ kind: "submit", job, checkIndex });
  }

  /** The version that came of it, even if it was rolled back since. */
  #submitted(before: readonly Job[]): Job | undefined {
    const was = currentJob(before);
    const is = currentJob(this.#versions);
    if (was === undefined || is === undefined || was.createIndex !== is.createIndex) return is;
    return this.#versions.find(({ version }) => version === was.version + 1) ?? is;
  }

  #nodeUpdate(nodeId: string, status: string): void {
    const isBack = status === "ready";
    if (isBack) this.#away.delete(nodeId);
    else this.#away.add(nodeId);
    this.rollout.tell({
      kind: "update_node",
      node: { id: nodeId, status: isBack ? "ready" : "disconnected" },
    });
    if (!isBack) return;
    const updates = this.rollout.state.allocations.flatMap(
      ({ id, nodeId: on, clientStatus }): ClientUpdate[] =>
        on === nodeId && clientStatus === "unknown" ? [{ allocationId: id, clientStatus: "running" }] : [],
    );
    if (updates.length > 0) this.rollout.tell({ kind: "update_clients", updates });
  }

  #drain(specification: unknown): void {
    const { rollout } = this;
    const isDraining = specification !== null;
    rollout.room = isDraining ? 0 : Number.POSITIVE_INFINITY;
    const deadline = isDraining ? Number((specification as { Deadline: number }).Deadline) / 1_000_000 : 0;
    this.#drainDeadline = isDraining ? rollout.now + deadline : undefined;
    for (const id of this.#nodes)
      rollout.tell({ kind: "update_node", node: { id, status: "ready", draining: isDraining } });
    if (!isDraining && rollout.state.waitsForRoom === true) rollout.settle();
  }

  /** The drainer moves what may move now. */
  #moveAway(): void {
    const { rollout } = this;
    const drainDeadline = this.#drainDeadline;
    if (drainDeadline === undefined) return;
    const nodes = (rollout.state.nodes ?? []).map((node) => ({ ...node, drainDeadline }));
    const allocationIds = drainable(rollout.state, nodes, { now: rollout.now });
    if (allocationIds.length > 0) rollout.tell({ kind: "migrate", allocationIds });
  }

  /** Time passes; nodes start, end and crash what they run; ticks come when they are asked for. */
  #pass(end: number): void {
    const { rollout } = this;
    for (let rounds = 0; rounds < 2_000; rounds++) {
      this.#clients();
      this.#moveAway();
      const { evaluate, nextTickAt } = rollout.tell({ kind: "tick" });
      if (evaluate !== undefined) continue;
      const drain = this.#drainDeadline ?? 0;
      const next = Math.min(
        nextTickAt ?? Number.POSITIVE_INFINITY,
        this.#nextClient(),
        drain > rollout.now ? drain : Number.POSITIVE_INFINITY,
      );
      if (next > end) break;
      rollout.now = Math.max(rollout.now, next);
    }
    rollout.now = Math.max(end, rollout.now);
  }

  #clients(): void {
    const updates = this.rollout.state.allocations.flatMap((one): ClientUpdate[] => {
      const due = this.#due(one);
      return due === undefined || due.at > this.rollout.now ? [] : [due.update];
    });
    if (updates.length > 0) this.rollout.tell({ kind: "update_clients", updates });
  }

  #nextClient(): number {
    return Math.min(
      Number.POSITIVE_INFINITY,
      ...this.rollout.state.allocations.map((one) => this.#due(one)?.at ?? Number.POSITIVE_INFINITY),
    );
  }

  /** What the node of an allocation does with it next, and when. */
  #due(one: Allocation): { readonly at: number; readonly update: ClientUpdate } | undefined {
    if (this.#away.has(one.nodeId)) return undefined;
    const { id: allocationId, clientStatus } = one;
    if (one.desiredStatus !== "run") {
      if (clientStatus !== "running" && clientStatus !== "pending") return undefined;
      return { at: one.modifiedAt + REACTION, update: { allocationId, clientStatus: "complete" } };
    }
    const task = this.#task(one);
    const image = String(task.config["image"] ?? "");
    const update = (clientStatus: "running" | "failed" | "complete", state: TaskState): ClientUpdate => ({
      allocationId,
      clientStatus,
      taskStates: { [task.name]: state },
    });
    if (clientStatus === "pending") {
      const at = one.createdAt + (image.endsWith("-hang") ? 15_000 : REACTION);
      return { at, update: update("running", { state: "running", startedAt: at }) };
    }
    const { state, startedAt } = one.taskStates?.[task.name] ?? {};
    if (clientStatus !== "running" || state !== "running" || startedAt === undefined) return undefined;
    const runsFor = image.endsWith("-crash") ? 300 : milliseconds(task.config["run_for"]);
    if (runsFor === undefined) return undefined;
    const failed = image.endsWith("-crash") || Number(task.config["exit_code"] ?? 0) !== 0;
    const at = startedAt + runsFor;
    // The node restarts it where it is, after a delay longer than any step of these stories.
    if (failed && task.restarts) return { at, update: update("running", { state: "pending", restarts: 1 }) };
    return {
      at,
      update: update(failed ? "failed" : "complete", { state: "dead", failed, startedAt, finishedAt: at }),
    };
  }

  #task({ jobVersion, jobCreateIndex, group }: Allocation): Behaviour {
    const job = this.rollout.state.versions.find(
      ({ version, createIndex }) => version === jobVersion && createIndex === jobCreateIndex,
    );
    const task = job?.groups.find(({ name }) => name === group)?.tasks[0];
    const attempts = objectIn(task, "restart")["attempts"];
    return {
      name: task?.name ?? "",
      restarts: typeof attempts === "number" && attempts > 0,
      config: objectIn(task, "config"),
    };
  }

  /** Placed where the agent placed the one of that name and version. */
  #place(plan: Plan): PlacementOutcome[] {
    return plan.actions.flatMap((action): PlacementOutcome[] => {
      if (!("placement" in action && "name" in action)) return [];
      const { placement, name, jobVersion } = action;
      if (this.rollout.room <= 0) return [{ placement, noRoom: true }];
      const like = this.#allocations
        .filter((one) => one.name === name && one.jobVersion === jobVersion)
        .at(-1);
      const nodeId =
        [like?.nodeId, ...this.#nodes].find((id) => id !== undefined && !this.#away.has(id)) ?? "node-1";
      return [{ placement, allocationId: `ours-${String(this.#placed++).padStart(3, "0")}`, nodeId }];
    });
  }

  #deploymentOf(args: RecordedEvent["args"]): string {
    const recorded = args["DeploymentID"] ?? args["deployment"];
    if (recorded === undefined) return this.rollout.deployment.id;
    const found = this.#deployments.find(({ id }) => id === recorded);
    const rank = this.#deployments
      .filter(({ jobVersion }) => jobVersion === found?.jobVersion)
      .indexOf(found as Deployment);
    const ours = this.rollout.deployments.filter(({ jobVersion }) => jobVersion === found?.jobVersion)[rank];
    return ours?.id ?? "unknown";
  }

  #idsOf(ids: unknown, recorded: readonly Allocation[]): string[] {
    return Array.isArray(ids) ? ids.map((id) => this.#ourId(String(id), recorded)) : [];
  }

  /** Ours of the same name, version and role; else one like it. */
  #ourId(recordedId: string, recorded: readonly Allocation[]): string {
    const known = this.#ours.get(recordedId);
    if (known !== undefined) return known;
    const theirs =
      recorded.find(({ id }) => id === recordedId) ?? this.#allocations.find(({ id }) => id === recordedId);
    if (theirs === undefined) return recordedId;
    const taken = new Set(this.#ours.values());
    const alike = this.rollout.state.allocations.filter(
      (one) =>
        !taken.has(one.id) &&
        one.group === theirs.group &&
        one.jobVersion === theirs.jobVersion &&
        (one.desiredStatus === "run") === (theirs.desiredStatus === "run") &&
        (one.deploymentStatus?.canary === true) === (theirs.deploymentStatus?.canary === true) &&
        one.deploymentStatus?.healthy === theirs.deploymentStatus?.healthy,
    );
    const ours = alike.find(({ name }) => name === theirs.name) ?? alike[0];
    if (ours === undefined) return recordedId;
    this.#ours.set(recordedId, ours.id);
    return ours.id;
  }
}

/** How the mock driver behaves is in the task. */
interface Behaviour {
  readonly name: string;
  readonly restarts: boolean;
  readonly config: JsonObject;
}

function objectIn(task: Task | undefined, key: string): JsonObject {
  const value = task?.[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

function milliseconds(duration: unknown): number | undefined {
  const [, amount, unit] = /^(\d+)(ms|s)$/.exec(String(duration)) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === "s" ? 1_000 : 1);
}

function isMissing(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "http" in answer;
}

function outcomeOf(
  refused: boolean,
  versions: readonly Job[],
  deployments: readonly Deployment[],
  allocations: readonly Allocation[],
): Outcome {
  const current = currentJob(versions);
  const own = versions.filter(({ createIndex }) => createIndex === current?.createIndex);
  const live: Record<string, number> = {};
  for (const one of allocations) {
    const isLive =
      one.clientStatus === "running" || one.clientStatus === "pending" || one.clientStatus === "unknown";
    if (one.desiredStatus !== "run" || !isLive) continue;
    const role = one.deploymentStatus?.canary === true ? " canary" : "";
    const what = `${one.group} v${one.jobVersion}${role}${one.clientStatus === "unknown" ? " unknown" : ""}`;
    live[what] = (live[what] ?? 0) + 1;
  }
  return {
    refused,
    version: current?.version ?? -1,
    stopped: current === undefined || current.stop === true,
    stable: own.flatMap(({ version, stable }) => (stable === true ? [version] : [])).sort((a, b) => a - b),
    deployments: [...deployments]
      .filter(({ jobCreateIndex }) => jobCreateIndex === current?.createIndex)
      .sort((a, b) => b.createIndex - a.createIndex)
      .map(({ jobVersion, status, statusDescription = "" }) => {
        const means = MEANINGS.flatMap(([pattern, meaning]) =>
          pattern.test(statusDescription) ? [meaning] : [],
        );
        return `${jobVersion} ${status}${means.map((meaning) => `, ${meaning}`).join("")}`;
      }),
    live: Object.fromEntries(Object.entries(live).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
