import { transition } from "../../lifecycle/index.js";
import { type Deciders, PROPERTIES } from "../../properties/index.js";
import { assertInputs } from "./assert-inputs.js";
import { assertLives } from "./assert-lives.js";
import { chosenProperties } from "./chosen-properties.js";
import type { FastCheck } from "./fast-check.js";
import { refuseReconciler } from "./refuse-deciders.js";
import { refuseOptions } from "./refuse-options.js";
import { replayed } from "./replayed.js";
import { Run } from "./run.js";
import { LEAST, type ReconcilerOptions, type RunReport } from "./run-options.js";

/** The properties of steps are the lifecycle's. */
const OF_A_RECONCILER = PROPERTIES.filter(({ kind }) => kind !== "step");

export function assertReconciler(
  fc: FastCheck,
  reconcile: Deciders["reconcile"],
  given: ReconcilerOptions,
): RunReport {
  refuseReconciler(reconcile);
  refuseOptions(given);
  const options = replayed(given);
  const { replay, inputs = 1_000, lives = 200, floors = LEAST } = options;
  const run = new Run({ reconcile, transition }, chosenProperties(options, OF_A_RECONCILER), options);
  const { of } = replay ?? {};
  if (of === "inputs" || (of === undefined && inputs > 0)) assertInputs(fc, run, { ...options, inputs });
  if (of === "lives" || (of === undefined && lives > 0)) assertLives(fc, run, { ...options, lives });
  if (replay === undefined) run.coverage.holdTo(floors);
  return run.report();
}
