// How many states the explorer generates in a second, with every property asked.
import { explore } from "../../src/explore/index.js";
import { rolloutSpace } from "../../src/testing/index.js";
import { EXPLORER } from "./budgets.js";
import type { Row, Section } from "./row.js";

/** Enough to be compiled, and to leave the small states at the beginning behind. */
const STATES = 20_000;

export function exploring(told: (row: Row) => void): Section {
  // What is refused is refused thousands of times a second, and nobody reads where.
  Error.stackTraceLimit = 0;
  const space = rolloutSpace({
    count: 3,
    groups: 1,
    faults: 1,
    versions: 3,
    update: { maxParallel: 1, canary: 1 },
  });
  const from = performance.now();
  const { transitions } = explore(space, { most: STATES });
  const took = performance.now() - from;
  const perSecond = (transitions / took) * 1e3;
  const median = took / transitions;
  const row: Row = {
    name: "explorer",
    size: STATES,
    median,
    spread: [median, median],
    rate: { of: "states", perSecond },
  };
  told(row);
  return {
    rows: [row],
    held: [{ what: "explorer, states a second", is: perSecond, budget: EXPLORER, atLeast: true }],
  };
}
