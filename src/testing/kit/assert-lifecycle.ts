import type { Deciders } from "../../properties/index.js";
import { assertLives } from "./assert-lives.js";
import { chosenProperties } from "./chosen-properties.js";
import type { FastCheck } from "./fast-check.js";
import { refuseDeciders } from "./refuse-deciders.js";
import { badOption, refuseOptions } from "./refuse-options.js";
import { replayed } from "./replayed.js";
import { Run } from "./run.js";
import { LEAST, type RunOptions, type RunReport } from "./run-options.js";

export function assertLifecycle(fc: FastCheck, decide: Deciders, given: RunOptions): RunReport {
  refuseDeciders(decide);
  refuseOptions(given);
  if (given.replay?.of === "inputs") throw badOption("replay", "is of an input, which assertReconciler asks");
  const options = replayed(given);
  const run = new Run(decide, chosenProperties(options), options);
  assertLives(fc, run, options);
  if (options.replay === undefined) run.coverage.holdTo(options.floors ?? LEAST);
  return run.report();
}
