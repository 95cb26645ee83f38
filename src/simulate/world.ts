import type { JobState } from "../lifecycle/index.js";
import type { CheckState, NodeStatus, TaskState } from "../model/index.js";
import { Agenda, type Due } from "./run/agenda.js";
import { seeded } from "./run/random.js";
import { scriptOf } from "./scenario/fault.js";
import type { Scenario } from "./scenario/scenario.js";
import type { NodeSpecification, Scripted } from "./scenario/world-event.js";

/** A machine as it is. */
export interface WorldNode extends NodeSpecification {
  readonly status: NodeStatus;
  /** Its power is on. */
  readonly isAlive: boolean;
  /** Since when nobody heard of it; absent: it answers. */
  readonly silentSince?: number;
  /** It drains; until when, or for ever. */
  readonly draining?: { readonly deadline?: number };
}

/** What really runs of an allocation on its node, whatever the server knows of it. */
export interface Instance {
  readonly allocationId: string;
  readonly jobId: string;
  readonly nodeId: string;
  readonly status: "pending" | "running" | "failed" | "complete";
  readonly taskStates: { readonly [task: string]: TaskState };
  readonly checks?: { readonly [check: string]: CheckState };
  /** How it behaves: which of the scenario's behaviours, or none of them. */
  readonly behaviour: number;
}

/** One job in the world. */
export interface WorldJob {
  readonly jobId: string;
  readonly state: JobState;
  /** How many evaluations and allocations it has had: their ids count on. */
  readonly evaluations: number;
  readonly placed: number;
  /** When its next tick is due. */
  readonly tickAt?: number;
  /** An evaluation is asked for and did not run yet. */
  readonly isEvaluationDue?: true;
}

/**
 * Everything there is at one moment of a simulation: plain JSON, never changed in place. Written down and read again it
 * goes on as if nothing had been.
 *
 * @public
 */
export interface World {
  readonly now: number;
  readonly start: number;
  readonly random: number;
  readonly order: number;
  readonly jobs: readonly WorldJob[];
  readonly nodes: readonly WorldNode[];
  readonly instances: readonly Instance[];
  readonly agenda: readonly Due[];
  /** What does not change: how allocations behave, what goes wrong, how long things take. */
  readonly setting: Pick<Scenario, "behaviours" | "faults" | "latencies">;
}

/**
 * The world of a scenario before anything happened.
 *
 * @example
 * ```ts
 * const world = createWorld({ nodes: [{ id: "node-1" }], script: [] });
 * world.nodes.length; // 1
 * ```
 *
 * @public
 */
export function createWorld(scenario: Scenario): World {
  const { seed, start = 0, nodes, script, behaviours, faults = [], latencies } = scenario;
  const due = [...script, ...scriptOf(faults), ...roomIsBack(scenario)].map(
    ({ at, event }, order): Due => ({
      at: start + at,
      order,
      todo: event === "room" ? { kind: "room" } : { kind: "event", event },
    }),
  );
  return {
    now: start,
    start,
    random: seeded(seed),
    order: due.length,
    jobs: [],
    nodes: nodes.map((node) => ({ ...node, status: "ready", isAlive: true })),
    instances: [],
    agenda: new Agenda(due.sort((a, b) => a.at - b.at || a.order - b.order)).list(),
    setting: {
      ...(behaviours === undefined ? {} : { behaviours }),
      ...(faults.length === 0 ? {} : { faults }),
      ...(latencies === undefined ? {} : { latencies }),
    },
  };
}

/** When there is room again, who waits for it is to know. */
function roomIsBack({ faults = [] }: Scenario): { readonly at: number; readonly event: "room" }[] {
  return faults.flatMap((fault) =>
    fault.kind === "no_capacity" && fault.to !== undefined ? [{ at: fault.to, event: "room" as const }] : [],
  );
}

/**
 * When something happens next, in milliseconds since the epoch; nothing: never.
 *
 * @example
 * ```ts
 * const script = [{ at: 5_000, event: { kind: "tell", jobId: "shop", request: { kind: "submit", job } } }];
 * nextWake(createWorld({ nodes: [], script })); // 5_000
 * ```
 *
 * @public
 */
export function nextWake({ agenda, now }: World): number | undefined {
  const first = agenda[0];
  return first === undefined ? undefined : Math.max(first.at, now);
}

/**
 * The world with an event that happens now, or at a later time; it is carried out when the world advances.
 *
 * @example
 * ```ts
 * const quiet = createWorld({ nodes: [{ id: "node-1" }], script: [] });
 * const told = inject(quiet, { kind: "tell", jobId: "shop", request: { kind: "submit", job } }, 7_000);
 * nextWake(told); // 7_000
 * ```
 *
 * @public
 */
export function inject(world: World, event: Scripted["event"], at: number = world.now): World {
  const agenda = new Agenda(world.agenda);
  agenda.add({ at: Math.max(at, world.now), order: world.order, todo: { kind: "event", event } });
  return { ...world, order: world.order + 1, agenda: agenda.list() };
}
