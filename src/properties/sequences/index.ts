import { adoption } from "./adoption.js";
import { attempts } from "./attempts.js";
import { convergence } from "./convergence.js";
import { counters } from "./counters.js";
import { evaluations } from "./evaluations.js";
import { failingVersion } from "./failing-version.js";
import { idempotence } from "./idempotence.js";
import { moreParallel } from "./more-parallel.js";
import { namesAtRest } from "./names-at-rest.js";
import { noDeadEnd } from "./no-dead-end.js";
import { noOp } from "./no-op.js";
import { oneGate } from "./one-gate.js";
import { oneMore } from "./one-more.js";
import { oneWay } from "./one-way.js";
import { orderOfEvents } from "./order-of-events.js";
import { partialApply } from "./partial-apply.js";
import { patches } from "./patches.js";
import { rollback } from "./rollback.js";
import { rollbackEnds } from "./rollback-ends.js";
import type { StateProperty, StepProperty } from "./sequence.js";
import { stalePlan } from "./stale-plan.js";
import { ticks } from "./ticks.js";
import { time } from "./time.js";

/** What must hold of every accepted event. @public */
export const STEP_PROPERTIES: readonly StepProperty[] = [
  noOp,
  oneWay,
  stalePlan,
  attempts,
  counters,
  time,
  rollback,
  adoption,
  patches,
  evaluations,
];

/** What must hold of every state that events lead to. @public */
export const STATE_PROPERTIES: readonly StateProperty[] = [
  oneGate,
  ticks,
  idempotence,
  partialApply,
  convergence,
  noDeadEnd,
  namesAtRest,
  rollbackEnds,
  failingVersion,
  oneMore,
  moreParallel,
  orderOfEvents,
];
