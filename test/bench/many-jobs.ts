// A hundred thousand jobs of ten: on one core, and spread over threads that share nothing.
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { Held, Row, Section } from "./row.js";
import { inAll, type Planned, planSmallJobs, sharedClock, smallJobs, TOGETHER } from "./small-jobs.js";

/** Each thread gets its part in so many pieces, so that none waits long for another. */
const PIECES = 5;

export async function manyJobs(jobs: number, told: (row: Row) => void): Promise<Section> {
  planSmallJobs({ from: 0, to: TOGETHER });
  const alone = planSmallJobs({ from: 0, to: jobs });
  const threads = availableParallelism();
  const filename = new URL("./small-jobs-worker.mjs", import.meta.url).href;
  const pool = new Piscina({ filename, minThreads: threads, maxThreads: threads });
  try {
    await Promise.all(Array.from({ length: threads }, () => pool.run({ from: 0, to: TOGETHER })));
    const together = await madeInThreads(pool, jobs, threads);
    const sent = await sentToThreads(pool, jobs, threads);
    const rows = [
      rowOf(`${jobs} jobs on one core`, alone),
      rowOf(`${jobs} jobs on ${threads} threads`, together),
      rowOf(`${jobs} jobs sent to ${threads}`, sent),
    ];
    for (const row of rows) told(row);
    return { rows, held: [...same("in threads", alone, together), ...same("when sent", alone, sent)] };
  } finally {
    await pool.destroy();
  }
}

/** Each thread makes its jobs itself. What the busiest one takes counts, without starting it and making the jobs. */
async function madeInThreads(pool: Piscina, jobs: number, threads: number): Promise<Planned> {
  const piece = TOGETHER * Math.max(1, Math.ceil(jobs / (threads * PIECES * TOGETHER)));
  const parts: Promise<Planned>[] = [];
  for (let from = 0; from < jobs; from += piece) {
    parts.push(pool.run({ from, to: Math.min(jobs, from + piece) }));
  }
  const done = await Promise.all(parts);
  const busy = new Map<number, number>();
  for (const { thread, milliseconds } of done) busy.set(thread, (busy.get(thread) ?? 0) + milliseconds);
  return { ...inAll(done), milliseconds: Math.max(...busy.values()) };
}

/** The jobs are made here and sent, a thousand to each thread at once: from the first sending to the last plan. */
async function sentToThreads(pool: Piscina, jobs: number, threads: number): Promise<Planned> {
  const done: Planned[] = [];
  let milliseconds = 0;
  for (let from = 0; from < jobs; from += threads * TOGETHER) {
    const loads = Array.from({ length: threads }, (_, n) => {
      const first = Math.min(jobs, from + n * TOGETHER);
      return smallJobs(first, Math.min(jobs, first + TOGETHER));
    }).filter(({ length }) => length > 0);
    const began = sharedClock();
    const wave: Planned[] = await Promise.all(loads.map((load) => pool.run(load, { name: "planAll" })));
    milliseconds += inAll(wave).doneAt - began;
    done.push(...wave);
  }
  return { ...inAll(done), milliseconds };
}

function same(where: string, alone: Planned, other: Planned): Held[] {
  const differing = alone.checksums.filter((checksum, n) => checksum !== other.checksums[n]).length;
  return [
    { what: `actions more or fewer ${where}`, is: Math.abs(other.actions - alone.actions), budget: 0 },
    { what: `thousands of plans that differ ${where}`, is: differing, budget: 0 },
  ].map((one) => ({ ...one, mustHold: true }));
}

function rowOf(name: string, { plans, milliseconds }: Planned): Row {
  const rate = { of: "plans", perSecond: (plans / milliseconds) * 1e3 };
  const each = milliseconds / plans;
  return { name, size: 10, median: each, spread: [each, each], rate };
}
