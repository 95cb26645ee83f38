import { bounded } from "./bounded.js";
import { canaries } from "./canaries.js";
import { ceiling } from "./ceiling.js";
import { floor } from "./floor.js";
import { freeze } from "./freeze.js";
import { independence } from "./independence.js";
import { lineage } from "./lineage.js";
import { names } from "./names.js";
import { orderFree } from "./order-free.js";
import { owedWork } from "./owed-work.js";
import { partition } from "./partition.js";
import { pure } from "./pure.js";
import { rename } from "./rename.js";
import { roundTrip } from "./round-trip.js";
import { STATE_PROPERTIES, STEP_PROPERTIES } from "./sequences/index.js";
import type { StateProperty, StepProperty } from "./sequences/sequence.js";
import { shift } from "./shift.js";
import { status } from "./status.js";
import { stop } from "./stop.js";
import { superseded } from "./superseded.js";
import { updateBudget } from "./update-budget.js";
import { victims } from "./victims.js";
import type { PlanProperty } from "./violation.js";
import { wakeUps } from "./wake-ups.js";

export { inputText } from "./round-trip.js";
export type { Deciders, StateCase, StateProperty, StepCase, StepProperty } from "./sequences/sequence.js";
export { type Checked, type PlanCase, type PlanProperty, type Violation, violationsOf } from "./violation.js";
export { type Detail, NOT_ASKED, type Wrong, wrong } from "./wrong.js";
export { STATE_PROPERTIES, STEP_PROPERTIES };

/** What must hold of every plan. @public */
export const PLAN_PROPERTIES: readonly PlanProperty[] = [
  pure,
  orderFree,
  partition,
  updateBudget,
  ceiling,
  owedWork,
  floor,
  canaries,
  freeze,
  lineage,
  stop,
  victims,
  names,
  independence,
  status,
  bounded,
  wakeUps,
  shift,
  rename,
  roundTrip,
  superseded,
];

/** Something that must always hold; its `kind` says of what. @public */
export type Property = PlanProperty | StepProperty | StateProperty;

/** Everything that must always hold: one list for tests, simulator, explorer and kit. @public */
export const PROPERTIES: readonly Property[] = [...PLAN_PROPERTIES, ...STEP_PROPERTIES, ...STATE_PROPERTIES];
