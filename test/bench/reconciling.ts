// A plan beside the bare pass, a row a scenario and size; and one that is asked again after one report of health.
import { type Allocation, createReconciler, type ReconcileInput, reconcile } from "../../src/index.js";
import { barePass } from "./bare-pass.js";
import { A_MILLION, AGAIN, GROWTH, ratioBudget } from "./budgets.js";
import { bytesOf, measureBeside } from "./measure.js";
import type { Held, Row, Section } from "./row.js";
import { SCENARIOS } from "./scenarios.js";

const MOST_TO_WEIGH = 10_000;

/** The allocations of a job at rest: what the bare pass reads. */
export function reference(size: number): readonly Allocation[] {
  return SCENARIOS[0]?.input(size).allocations ?? [];
}

/** Each scenario at each size. */
export async function reconciling(sizes: readonly number[], told: (row: Row) => void): Promise<Section> {
  const rows: Row[] = [];
  const held: Held[] = [];
  for (const size of sizes) {
    const bare = reference(size);
    for (const { name, input, isSteady } of SCENARIOS) {
      const own = input(size);
      const measured = await measureBeside(
        () => reconcile(own),
        () => barePass(bare),
        size > 100_000,
      );
      const weighed = Math.min(size, MOST_TO_WEIGH);
      const small = input(weighed);
      const bytes = bytesOf(() => reconcile(small)) / weighed;
      const rate = { of: "allocations", perSecond: (size / measured.median) * 1e3 };
      const { median, spread, ratio } = measured;
      const row: Row = { name, size, median, spread, ratio: { to: "bare pass", is: ratio }, bytes, rate };
      rows.push(row);
      told(row);
      const budget = ratioBudget(size, isSteady);
      if (budget !== undefined)
        held.push({ what: `${name} at ${size}, to the bare pass`, is: ratio, budget });
      if (isSteady && size === 1_000_000) {
        held.push({ what: "a million at rest, ms", is: median, budget: A_MILLION.milliseconds });
        held.push({ what: "a million at rest, bytes each", is: bytes, budget: A_MILLION.bytes });
      }
    }
  }
  return { rows, held: [...held, ...growth(rows)] };
}

/** How much longer ten times the allocations take, in bare passes: those, too, take longer where memory does. */
function growth(rows: readonly Row[]): Held[] {
  return rows.flatMap(({ name, size, ratio }) => {
    const larger = rows.find((row) => row.name === name && row.size === 10 * size);
    if (size < 1_000 || size > 10_000 || larger?.ratio === undefined || ratio === undefined) return [];
    const is = (10 * larger.ratio.is) / ratio.is;
    return [{ what: `${name} from ${size} to ${10 * size}, times the work`, is, budget: GROWTH }];
  });
}

/** A reconciler that is asked again, after one report of health, beside the full plan. */
export async function again(sizes: readonly number[], told: (row: Row) => void): Promise<Section> {
  const rows: Row[] = [];
  const held: Held[] = [];
  for (const size of sizes.filter((one) => one >= 100 && one <= 100_000)) {
    for (const [name, rested] of [
      ["again at rest", atRest(size)],
      ["again in a first rollout", firstRollout(size)],
    ] as const) {
      const [one, other] = [reported(rested, 0), reported(rested, size >> 1)];
      const reconciler = createReconciler();
      let turn = 0;
      const next = (): ReconcileInput => (turn++ % 2 === 0 ? one : other);
      const measured = await measureBeside(
        () => reconciler(next()),
        () => reconcile(next()),
        false,
      );
      const { median, spread, ratio } = measured;
      const row: Row = { name, size, median, spread, ratio: { to: "full plan", is: ratio } };
      rows.push(row);
      told(row);
      if (size === 100_000)
        held.push({ what: `${name} at ${size}, to the full plan`, is: ratio, budget: AGAIN });
    }
  }
  return { rows, held };
}

function atRest(size: number): ReconcileInput {
  const steady = SCENARIOS[0]?.input(size);
  if (steady === undefined) throw new RangeError("there is no scenario");
  return steady;
}

/** The first deployment of a job: everything runs, and nothing is judged yet. */
function firstRollout(size: number): ReconcileInput {
  const rested = atRest(size);
  const deployments = rested.deployments.map((one) => ({ ...one, status: "running" as const }));
  const allocations = rested.allocations.map(({ deploymentStatus: _, ...one }) => one);
  return { ...rested, deployments, allocations };
}

function reported(input: ReconcileInput, at: number): ReconcileInput {
  const allocations = [...input.allocations];
  const one = allocations[at];
  if (one !== undefined) allocations[at] = { ...one, deploymentStatus: { healthy: true } };
  return { ...input, allocations };
}
