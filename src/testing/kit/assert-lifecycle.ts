import type { Deciders } from "../../properties/index.js";
import { assertLives } from "./assert-lives.js";
import { chosenProperties } from "./chosen-properties.js";
import type { FastCheck } from "./fast-check.js";
import { refuseDeciders } from "./refuse-deciders.js";
import { refuseOptions } from "./refuse-options.js";
import { Run } from "./run.js";
import { LEAST, type RunOptions, type RunReport } from "./run-options.js";

export function assertLifecycle(fc: FastCheck, decide: Deciders, options: RunOptions): RunReport {
  refuseDeciders(decide);
  refuseOptions(options);
  const run = new Run(decide, chosenProperties(options), options);
  assertLives(fc, run, options);
  if (options.replay === undefined) run.coverage.holdTo(options.floors ?? LEAST);
  return run.report();
}
