// One event on states of ten to a hundred thousand allocations, and reports of health one by one.
import { type JobEvent, type JobState, reportHealth, transition } from "../../src/index.js";
import { barePass } from "./bare-pass.js";
import { PROMOTION } from "./budgets.js";
import { told as after, canarying, jobOf, undecided } from "./canarying.js";
import { measureBeside } from "./measure.js";
import type { Held, Row, Section } from "./row.js";

const CANARIES = 5;
const NOW = 300;

/** The events that a rollout consists of, each on a state in which canaries run. */
function eventsOn(size: number): readonly (readonly [string, JobState, JobEvent])[] {
  const { state, deploymentId } = canarying(size, CANARIES);
  const healthy = undecided(state);
  const ready = after(state, { kind: "report_health", now: 200, deploymentId, healthy });
  const [one = ""] = healthy;
  return [
    ["report_health", state, { kind: "report_health", now: NOW, deploymentId, healthy: [one] }],
    ["promote", ready, { kind: "promote", now: NOW, deploymentId }],
    ["pause", state, { kind: "pause", now: NOW, deploymentId }],
    ["fail", state, { kind: "fail", now: NOW, deploymentId }],
    [
      "update_clients",
      state,
      { kind: "update_clients", now: NOW, updates: [{ allocationId: one, clientStatus: "failed" }] },
    ],
    ["submit", state, { kind: "submit", now: NOW, job: jobOf("3", size, CANARIES) }],
    ["tick", state, { kind: "tick", now: NOW }],
  ];
}

/** Each event on states of each size. */
export async function events(sizes: readonly number[], told: (row: Row) => void): Promise<Section> {
  const rows: Row[] = [];
  const held: Held[] = [];
  for (const size of sizes.filter((one) => one <= 100_000)) {
    for (const [name, state, event] of eventsOn(size)) {
      const { median, spread, ratio } = await measureBeside(
        () => transition(state, event),
        () => barePass(state.allocations),
        false,
      );
      const row: Row = { name, size, median, spread, ratio: { to: "bare pass", is: ratio } };
      rows.push(row);
      told(row);
      if (name === "promote" && size === 10_000) {
        held.push({ what: "promote at 10000, ms", is: median, budget: PROMOTION });
      }
    }
  }
  return { rows, held };
}

/** Every canary of a large job is reported healthy, one by one. */
export function reports(sizes: readonly number[], told: (row: Row) => void): Section {
  const rows: Row[] = [];
  for (const size of sizes.filter((one) => one >= 100 && one <= 10_000)) {
    const { state, deploymentId } = canarying(size, size / 2);
    const times: number[] = [];
    let now = state;
    for (const id of undecided(state)) {
      const from = performance.now();
      now = reportHealth(now, { deploymentId, healthy: [id], now: 200 }).state;
      times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    const at = (part: number): number => times[Math.floor(part * times.length)] ?? Number.NaN;
    const total = times.reduce((sum, time) => sum + time, 0);
    const rate = { of: "reports", perSecond: (times.length / total) * 1e3 };
    const row: Row = { name: "reports one by one", size, median: at(0.5), spread: [at(0), at(0.75)], rate };
    rows.push(row);
    told(row);
  }
  return { rows, held: [] };
}
