// A hundred thousand jobs of ten: on one core, and spread over threads that share nothing.
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { Held, Row, Section } from "./row.js";
import { type Planned, planSmallJobs, TOGETHER } from "./small-jobs.js";

/** Each thread gets its part in so many pieces, so that none waits long for another. */
const PIECES = 5;

export async function manyJobs(jobs: number, told: (row: Row) => void): Promise<Section> {
  planSmallJobs({ from: 0, to: TOGETHER });
  const alone = planSmallJobs({ from: 0, to: jobs });
  const threads = availableParallelism();
  const together = await inThreads(jobs, threads);
  const rows = [
    rowOf(`${jobs} jobs on one core`, alone.plans, alone.milliseconds),
    // Each thread's own time: what it takes to start them and to make the jobs is not counted.
    rowOf(`${jobs} jobs on ${threads} threads`, together.plans, together.milliseconds / threads),
  ];
  for (const row of rows) told(row);
  const areSame = JSON.stringify(alone.checksums) === JSON.stringify(together.checksums);
  const held: Held[] = [{ what: "plans that differ between threads", is: areSame ? 0 : 1, budget: 0 }];
  return { rows, held };
}

async function inThreads(jobs: number, threads: number): Promise<Planned> {
  const filename = new URL("./small-jobs-worker.mjs", import.meta.url).href;
  const pool = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  try {
    await Promise.all(Array.from({ length: threads }, () => pool.run({ from: 0, to: TOGETHER })));
    const piece = TOGETHER * Math.max(1, Math.ceil(jobs / (threads * PIECES * TOGETHER)));
    const parts: Promise<Planned>[] = [];
    for (let from = 0; from < jobs; from += piece) {
      parts.push(pool.run({ from, to: Math.min(jobs, from + piece) }));
    }
    const done = await Promise.all(parts);
    return {
      plans: jobs,
      milliseconds: done.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
      checksums: done.flatMap(({ checksums }) => checksums),
    };
  } finally {
    await pool.destroy();
  }
}

function rowOf(name: string, plans: number, milliseconds: number): Row {
  const rate = { of: "plans", perSecond: (plans / milliseconds) * 1e3 };
  const each = milliseconds / plans;
  return { name, size: 10, median: each, spread: [each, each], rate };
}
