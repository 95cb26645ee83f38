import { type Deciders, PROPERTIES } from "../../properties/index.js";
import { lockstep } from "../model/lockstep.js";
import { assertLives } from "./assert-lives.js";
import { chosenProperties } from "./chosen-properties.js";
import type { FastCheck } from "./fast-check.js";
import { Run } from "./run.js";
import { LEAST, type RunOptions, type RunReport } from "./run-options.js";

/** The whole catalogue, and the small model besides. */
const OF_A_LIFECYCLE = [...PROPERTIES, lockstep];

export function assertLifecycle(fc: FastCheck, decide: Deciders, options: RunOptions): RunReport {
  const run = new Run(decide, chosenProperties(options, OF_A_LIFECYCLE), options);
  assertLives(fc, run, options);
  if (options.replay === undefined) run.coverage.holdTo(options.floors ?? LEAST);
  return run.report();
}
