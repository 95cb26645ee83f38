// A world of jobs: a rolling update each while machines fail; and a quiet month.
import { type Scenario, type Scripted, simulate } from "../../src/simulate/index.js";
import type { Row, Section } from "./row.js";

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

function submitted(at: number, n: number, image: string): Scripted {
  const tasks = [{ name: "main", config: { image } }];
  const groups = [{ name: "web", count: 10, update: { maxParallel: 2 }, tasks }];
  const job = { id: `job-${n}`, type: "service" as const, groups };
  return { at, event: { kind: "tell", jobId: job.id, request: { kind: "submit", job } } };
}

/** So many jobs of ten. */
function busy(jobs: number): Scenario {
  return {
    seed: 7,
    nodes: Array.from({ length: 100 }, (_, n) => ({ id: `node-${String(n).padStart(3, "0")}` })),
    script: Array.from({ length: jobs }, (_, n) => [
      submitted(n, n, "1"),
      submitted(120 * SECOND + n * 10, n, "2"),
    ]).flat(),
    faults: [0, 1, 2, 3, 4].map((n) => ({
      kind: "node_loss",
      nodeId: `node-00${n}`,
      from: (130 + n * 10) * SECOND,
      to: (200 + n * 10) * SECOND,
    })),
  };
}

/** A job at rest: what a quiet month costs. */
function quiet(): Scenario {
  const script = [submitted(0, 0, "1"), submitted(29 * DAY, 0, "2")];
  return { ...busy(0), script, faults: [], until: 30 * DAY };
}

/** Plans a second, every step checked and none; and simulated days a second. */
export function simulating(told: (row: Row) => void, jobs = 300): Section {
  const rows: Row[] = [];
  const tell = (name: string, took: number, rate: Row["rate"]): void => {
    const row: Row = { name, size: 10 * jobs, median: took, spread: [took, took], ...(rate && { rate }) };
    rows.push(row);
    told(row);
  };
  for (const checks of [true, false]) {
    let plans = 0;
    const from = performance.now();
    simulate(busy(jobs), { checks, traces: false, watchers: [{ planned: () => void plans++ }] });
    const took = performance.now() - from;
    tell(`${jobs} jobs, ${checks ? "checked" : "unchecked"}`, took, {
      of: "plans",
      perSecond: (plans / took) * 1e3,
    });
  }
  const from = performance.now();
  simulate(quiet());
  const took = performance.now() - from;
  tell("a quiet month", took, { of: "days", perSecond: (30 / took) * 1e3 });
  return { rows, held: [] };
}
