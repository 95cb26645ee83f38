import { createHash } from "node:crypto";
import { threadId } from "node:worker_threads";
import { type ReconcileInput, reconcile } from "../../src/index.js";
import { asStored, SCENARIOS } from "./scenarios.js";

const ALLOCATIONS = 10;

/** Jobs of ten, no two alike: every tenth is rolled out, every tenth has lost a node, the others are at rest. */
export function smallJobs(from: number, to: number): ReconcileInput[] {
  const states = ["steady", "rolling", "nodes lost"].map((name) => {
    const scenario = SCENARIOS.find((one) => one.name === name);
    if (scenario === undefined) throw new RangeError(`there is no scenario "${name}"`);
    return scenario.input(ALLOCATIONS);
  });
  return Array.from({ length: to - from }, (_, n) => {
    const nth = from + n;
    const state = states[nth % 10 === 1 ? 1 : nth % 10 === 2 ? 2 : 0];
    if (state === undefined) throw new RangeError("there is no such state");
    return named(state, `job-${nth}`);
  });
}

function named(input: ReconcileInput, id: string): ReconcileInput {
  return asStored({
    ...input,
    versions: input.versions.map((job) => ({ ...job, id })),
    allocations: input.allocations.map((one) => ({ ...one, id: `${id}-${one.id}` })),
    deployments: input.deployments.map((one) => ({ ...one, jobId: id })),
  });
}

/** What planning for some jobs came to. */
export interface Planned {
  readonly plans: number;
  readonly actions: number;
  /** The time of the plans alone, in milliseconds. */
  readonly milliseconds: number;
  /** Of each thousand plans, in order: the same wherever they are made. */
  readonly checksums: readonly string[];
  readonly thread: number;
  /** When the last plan was there, by the clock that all threads of a process share. */
  readonly doneAt: number;
}

/** How many jobs share a checksum; parts of the work are whole multiples of it. */
export const TOGETHER = 1_000;

/** Plans for the jobs from one number to another. They are made beforehand, so that only plans are timed. */
export function planSmallJobs({ from, to }: { readonly from: number; readonly to: number }): Planned {
  const parts: Planned[] = [];
  for (let at = from; at < to; at += TOGETHER) {
    parts.push(planAll(smallJobs(at, Math.min(to, at + TOGETHER))));
  }
  return inAll(parts);
}

/** Plans for jobs that somebody else has made. They share one checksum. */
export function planAll(inputs: readonly ReconcileInput[]): Planned {
  const began = sharedClock();
  const plans = inputs.map((input) => reconcile(input));
  const doneAt = sharedClock();
  return {
    plans: plans.length,
    actions: plans.reduce((sum, { actions }) => sum + actions.length, 0),
    milliseconds: doneAt - began,
    checksums: [createHash("sha256").update(JSON.stringify(plans)).digest("hex")],
    thread: threadId,
    doneAt,
  };
}

/** What the parts came to together, in their order; as long as all of them one after the other. */
export function inAll(parts: readonly Planned[]): Planned {
  return {
    plans: parts.reduce((sum, { plans }) => sum + plans, 0),
    actions: parts.reduce((sum, { actions }) => sum + actions, 0),
    milliseconds: parts.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    checksums: parts.flatMap(({ checksums }) => checksums),
    thread: threadId,
    doneAt: Math.max(...parts.map(({ doneAt }) => doneAt)),
  };
}

/** Milliseconds, from the same beginning in every thread of the process. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
