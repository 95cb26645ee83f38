import { createHash } from "node:crypto";
import { type ReconcileInput, reconcile } from "../../src/index.js";
import { SCENARIOS } from "./scenarios.js";

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
  return {
    ...input,
    versions: input.versions.map((job) => ({ ...job, id })),
    allocations: input.allocations.map((one) => ({ ...one, id: `${id}-${one.id}` })),
    deployments: input.deployments.map((one) => ({ ...one, jobId: id })),
  };
}

/** What planning for some jobs came to. */
export interface Planned {
  readonly plans: number;
  /** The time of the plans alone, in milliseconds. */
  readonly milliseconds: number;
  /** Of each thousand plans, in order: the same wherever they are made. */
  readonly checksums: readonly string[];
}

/** How many jobs share a checksum; parts of the work are whole multiples of it. */
export const TOGETHER = 1_000;

/** Plans for the jobs from one number to another. They are made beforehand, so that only plans are timed. */
export function planSmallJobs({ from, to }: { readonly from: number; readonly to: number }): Planned {
  const checksums: string[] = [];
  let milliseconds = 0;
  for (let at = from; at < to; at += TOGETHER) {
    const inputs = smallJobs(at, Math.min(to, at + TOGETHER));
    const began = performance.now();
    const plans = inputs.map((input) => reconcile(input));
    milliseconds += performance.now() - began;
    checksums.push(createHash("sha256").update(JSON.stringify(plans)).digest("hex"));
  }
  return { plans: to - from, milliseconds, checksums };
}
